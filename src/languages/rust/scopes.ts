import type { Binder, ScopeRules } from '../tree-scopes.ts';
import { field, named, type SyntaxNode } from '../tree-sitter.ts';

export const rustScopes: ScopeRules = {
  opens: new Set([
    'function_item',
    'closure_expression',
    'block',
    'match_arm',
    'for_expression',
    'if_expression',
    'while_expression',
  ]),
  declare(node, scope, text) {
    switch (node.type) {
      case 'parameter':
      case 'let_declaration':
      case 'let_condition':
      case 'match_arm':
      case 'for_expression':
        pattern(field(node, 'pattern'), scope, text);
        break;
      case 'closure_parameters':
        for (const parameter of named(node)) pattern(parameter, scope, text);
        break;
    }
  },
};

/** Binds the variables of a pattern. A name that starts with a capital is a constant or a variant. */
function pattern(node: SyntaxNode | undefined, scope: Binder, text: string): void {
  if (node === undefined) return;
  switch (node.type) {
    case 'identifier':
    case 'shorthand_field_identifier':
      if (/^[\p{Ll}_]/u.test(text.slice(node.start, node.start + 2))) scope.bind(node);
      break;
    case 'scoped_identifier':
    case 'parameter':
    case 'range_pattern':
    case 'macro_invocation':
      break;
    default:
      // `type` is what the pattern takes apart, `condition` the guard of a match arm.
      for (const child of named(node)) {
        if (!/^(type|condition|name)$/.test(child.field ?? '') || child.type === 'shorthand_field_identifier')
          pattern(child, scope, text);
      }
  }
}

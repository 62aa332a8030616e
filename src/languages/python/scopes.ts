import type { Binder, ScopeRules } from '../tree-scopes.ts';
import { field, named, type SyntaxNode } from '../tree-sitter.ts';

export const pythonScopes: ScopeRules = {
  opens: new Set([
    'function_definition',
    'lambda',
    'list_comprehension',
    'set_comprehension',
    'dictionary_comprehension',
    'generator_expression',
  ]),
  declare(node, scope) {
    switch (node.type) {
      case 'function_definition':
        scope.bindOutside(field(node, 'name'));
        parameters(field(node, 'parameters'), scope);
        break;
      case 'lambda':
        parameters(field(node, 'parameters'), scope);
        break;
      case 'assignment':
      case 'augmented_assignment':
      case 'for_statement':
      case 'for_in_clause':
        target(field(node, 'left'), scope);
        break;
      case 'named_expression':
        scope.bind(field(node, 'name'));
        break;
      case 'as_pattern_target':
        target(node.children[0], scope);
        break;
      case 'global_statement':
      case 'nonlocal_statement':
        for (const name of named(node)) scope.disown(name);
        break;
    }
  },
};

function parameters(list: SyntaxNode | undefined, scope: Binder): void {
  for (const parameter of list === undefined ? [] : named(list)) {
    const name = field(parameter, 'name') ?? (parameter.type === 'identifier' ? parameter : named(parameter)[0]);
    target(name, scope);
  }
}

/** What an assignment binds: attributes and items are no names. */
function target(node: SyntaxNode | undefined, scope: Binder): void {
  if (node?.type === 'identifier') scope.bind(node);
  else if (/pattern|splat|list|tuple|parenthesized/.test(node?.type ?? ''))
    for (const part of node?.children ?? []) target(part, scope);
}

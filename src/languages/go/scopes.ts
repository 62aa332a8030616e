import type { Binder, ScopeRules } from '../tree-scopes.ts';
import { field, fields, type SyntaxNode } from '../tree-sitter.ts';

export const goScopes: ScopeRules = {
  opens: new Set([
    'function_declaration',
    'method_declaration',
    'func_literal',
    'block',
    'if_statement',
    'for_statement',
    'expression_switch_statement',
    'type_switch_statement',
    'select_statement',
    'expression_case',
    'default_case',
    'type_case',
    'communication_case',
  ]),
  declare(node, scope) {
    switch (node.type) {
      case 'parameter_declaration':
      case 'variadic_parameter_declaration':
      case 'var_spec':
      case 'const_spec':
        for (const name of fields(node, 'name')) scope.bind(name);
        break;
      case 'short_var_declaration':
        identifiers(field(node, 'left'), scope);
        break;
      case 'range_clause':
      case 'receive_statement':
        // With `=` they assign to what is there.
        if (node.children.some((child) => child.type === ':=')) identifiers(field(node, 'left'), scope);
        break;
      case 'type_switch_statement':
        identifiers(field(node, 'alias'), scope);
        break;
    }
  },
};

function identifiers(list: SyntaxNode | undefined, scope: Binder): void {
  for (const node of list?.children ?? []) if (node.type === 'identifier') scope.bind(node);
}

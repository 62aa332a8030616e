import type { ScopeRules } from '../tree-scopes.ts';
import { field, fields, named } from '../tree-sitter.ts';

export const javaScopes: ScopeRules = {
  opens: new Set([
    'method_declaration',
    'constructor_declaration',
    'compact_constructor_declaration',
    'lambda_expression',
    'block',
    'constructor_body',
    'for_statement',
    'enhanced_for_statement',
    'try_with_resources_statement',
    'catch_clause',
    'switch_block_statement_group',
    'switch_rule',
  ]),
  declare(node, scope) {
    switch (node.type) {
      case 'formal_parameter':
      case 'catch_formal_parameter':
      case 'enhanced_for_statement':
      case 'resource':
      case 'instanceof_expression':
        scope.bind(field(node, 'name'));
        break;
      case 'spread_parameter':
        for (const child of named(node)) if (child.type === 'variable_declarator') scope.bind(field(child, 'name'));
        break;
      case 'local_variable_declaration':
        for (const declarator of fields(node, 'declarator')) scope.bind(field(declarator, 'name'));
        break;
      case 'type_pattern':
      case 'record_pattern_component':
        scope.bind(named(node).find((child) => child.type === 'identifier'));
        break;
      case 'lambda_expression': {
        const parameters = field(node, 'parameters');
        if (parameters?.type === 'identifier') scope.bind(parameters);
        break;
      }
      case 'inferred_parameters':
        for (const name of named(node)) scope.bind(name);
        break;
    }
  },
};

import type { Exchange } from '../../engine/mutation/mutable.ts';
import type { Place, Role } from '../tree-mutables.ts';
import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

const SKIPPED = new Set([
  'comment',
  'package_clause',
  'import_declaration',
  'type_declaration',
  'type_parameter_list',
  'type_arguments',
  'parameter_list',
  'label_name',
]);

const CONSTANT = /^(int|float|imaginary|rune)_literal$/;
const EXPRESSION = /_expression$|_literal$|^(identifier|true|false|nil|iota)$/;
const STATEMENT = /_(statement|declaration)$|^block$/;

export function isSkipped(node: SyntaxNode, { node: parent, parent: around, text }: Place): boolean {
  // Types hold the lengths of arrays.
  if (SKIPPED.has(node.type) || node.field === 'type' || node.field === 'result' || /_type$/.test(node.type))
    return true;
  if (node.type === 'const_spec') return /\biota\b/.test(sourceOf(field(node, 'value'), text));
  // Of equal cases and equal keys one is refused.
  if (!CONSTANT.test(node.type)) return false;
  return around?.node.type === 'expression_case' || (parent.type === 'literal_element' && parent.field === 'key');
}

export function roleOf(node: SyntaxNode, { node: parent, parent: around }: Place): Role | undefined {
  switch (parent.type) {
    case 'if_statement':
      return node.field === 'condition' ? { as: 'condition', of: 'if' } : undefined;
    case 'for_clause':
      return node.field === 'condition' ? { as: 'condition', of: 'for' } : undefined;
    case 'for_statement':
      return node.field === undefined && !/_clause$/.test(node.type) ? { as: 'condition', of: 'while' } : undefined;
    case 'expression_list':
      return around !== undefined && isConditionalCase(around) ? { as: 'condition', of: 'guard' } : undefined;
    default:
      return undefined;
  }
}

/** A case of a `switch` without a value to compare with. */
function isConditionalCase({ node, parent }: Place): boolean {
  return node.type === 'expression_case' && parent !== undefined && field(parent.node, 'value') === undefined;
}

export function exchangeOf(node: SyntaxNode, { node: parent }: Place): Exchange | undefined {
  if (STATEMENT.test(node.type)) return { form: 'statement', start: node.start, end: node.end };
  if (parent.type === 'expression_statement') return undefined;
  return EXPRESSION.test(node.type) ? { form: 'expression', start: node.start, end: node.end } : undefined;
}

export function runsAtLoad(node: SyntaxNode, { node: parent, text }: Place): boolean | undefined {
  if (node.field !== 'body') return undefined;
  switch (parent.type) {
    case 'function_declaration':
      return sourceOf(field(parent, 'name'), text) === 'init';
    case 'method_declaration':
    case 'func_literal':
      return false;
    default:
      return undefined;
  }
}

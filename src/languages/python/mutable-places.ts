import type { Exchange } from '../../engine/mutation/mutable.ts';
import type { Place, Role } from '../tree-mutables.ts';
import { isLastOf, parts } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';
import { checksTypes, decorators, expressionRuns, isCast } from './form.ts';
import { endOfCode, isStatement } from './statements.ts';

const SKIPPED = new Set([
  'comment',
  'line_continuation',
  'type',
  'type_parameter',
  'type_alias_statement',
  'decorator',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'case_pattern',
  'format_specifier',
  'as_pattern_target',
]);

/** Nodes that Python's own parser makes an expression of, with the same position. */
const EXPRESSIONS = new Set([
  'attribute',
  'await',
  'binary_operator',
  'boolean_operator',
  'call',
  'comparison_operator',
  'concatenated_string',
  'conditional_expression',
  'dictionary',
  'dictionary_comprehension',
  'ellipsis',
  'false',
  'float',
  'generator_expression',
  'identifier',
  'integer',
  'lambda',
  'list',
  'list_comprehension',
  'named_expression',
  'none',
  'not_operator',
  'set',
  'set_comprehension',
  'string',
  'subscript',
  'true',
  'tuple',
  'unary_operator',
  'yield',
]);

const TARGETS = /^(pattern_list|tuple_pattern|list_pattern|list_splat_pattern|delete_statement)$/;
const BINDERS = /^(assignment|augmented_assignment|for_statement|for_in_clause)$/;

export function isSkipped(node: SyntaxNode, around: Place): boolean {
  const { node: parent, text } = around;
  if (SKIPPED.has(node.type) || node.field === 'return_type') return true;
  switch (parent.type) {
    case 'expression_statement':
      return !expressionRuns(parent, text) || /^__all__\b/.test(sourceOf(parent, text));
    case 'if_statement':
      return (node.field === 'condition' || node.field === 'consequence') && checksTypes(parent, text);
    case 'argument_list':
      return isTypeOfCast(node, around);
    case 'decorated_definition':
      return decorators(parent, text).some((name) => /(^|\.)overload$/.test(name));
    default:
      return false;
  }
}

/** The type that a cast is told. */
function isTypeOfCast(node: SyntaxNode, parent: Place): boolean {
  const call = parent.parent?.node;
  return call?.type === 'call' && parts(parent.node)[0] === node && isCast(call, parent.text);
}

export function roleOf(node: SyntaxNode, { node: parent }: Place): Role | undefined {
  switch (parent.type) {
    case 'if_statement':
    case 'elif_clause':
      return node.field === 'condition' ? { as: 'condition', of: 'if' } : undefined;
    case 'while_statement':
      return node.field === 'condition' ? { as: 'condition', of: 'while' } : undefined;
    case 'conditional_expression':
      return parts(parent)[1] === node ? { as: 'condition', of: 'ternary' } : undefined;
    case 'if_clause':
      return isLastOf(node, parent) ? { as: 'condition', of: 'guard' } : undefined;
    case 'default_parameter':
    case 'typed_default_parameter':
      return node.field === 'value' ? { as: 'default' } : undefined;
    case 'lambda':
      return node.field === 'body' ? { as: 'return' } : undefined;
    default:
      return undefined;
  }
}

export function exchangeOf(node: SyntaxNode, parent: Place): Exchange | undefined {
  if (isStatement(node)) return { form: 'statement', start: node.start, end: endOfCode(node) };
  if (!EXPRESSIONS.has(node.type) || isTarget(node, parent) || isInString(parent)) return undefined;
  if (continues(node, parent.node) || parent.node.type === 'expression_statement') return undefined;
  return { form: 'expression', start: node.start, end: node.end };
}

/** Assigned to or deleted. */
function isTarget(node: SyntaxNode, { node: parent, parent: around }: Place): boolean {
  if (BINDERS.test(parent.type)) return node.field === 'left';
  if (TARGETS.test(parent.type)) return true;
  return /^(expression_list|tuple|list|parenthesized_expression)$/.test(parent.type) && around !== undefined
    ? around.node.type === 'delete_statement' || isTarget(parent, around)
    : false;
}

/** Versions of Python differ in where they see what an f-string holds, and plain neighbours are one string. */
function isInString(parent: Place): boolean {
  if (parent.node.type === 'concatenated_string') return true;
  for (let at: Place | undefined = parent; at !== undefined && !isStatement(at.node); at = at.parent)
    if (at.node.type === 'interpolation') return true;
  return false;
}

/**
 * `a and b` of `a and b and c`, which to Python is one operation; and what stands between `&` and `^`, of which the grammar
 * takes the wrong one to bind more.
 */
function continues(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (node.type !== parent.type) return false;
  const [own, outer] = [field(node, 'operator')?.type ?? '', field(parent, 'operator')?.type ?? ''];
  if (node.type === 'boolean_operator') return node.field === 'left' && own === outer;
  return node.type === 'binary_operator' && /^[&^]$/.test(own) && /^[&^]$/.test(outer);
}

export function runsAtLoad(node: SyntaxNode, { node: parent }: Place): boolean | undefined {
  const called = parent.type === 'function_definition' || parent.type === 'lambda';
  return called && node.field === 'body' ? false : undefined;
}

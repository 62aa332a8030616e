import type { Exchange } from '../../engine/mutation/mutable.ts';
import type { Place, Role } from '../tree-mutables.ts';
import type { SyntaxNode } from '../tree-sitter.ts';
import { throws } from './macro-calls.ts';
import { isResult } from './values.ts';

const SKIPPED = new Set([
  'line_comment',
  'block_comment',
  'attribute_item',
  'inner_attribute_item',
  'use_declaration',
  'extern_crate_declaration',
  'extern_modifier',
  'foreign_mod_item',
  'macro_definition',
  'token_tree',
  'struct_item',
  'enum_item',
  'union_item',
  'type_item',
  'associated_type',
  'function_signature_item',
  'type_parameters',
  'type_arguments',
  'where_clause',
  'trait_bounds',
  'parameters',
  'closure_parameters',
  'visibility_modifier',
]);

/** Roles of what the compiler reads: `length` is that of an array, `field` the number of a tuple's. */
const SKIPPED_FIELDS = new Set(['type', 'return_type', 'trait', 'pattern', 'length', 'field']);

const EXPRESSION =
  /_(expression|literal)$|^(identifier|scoped_identifier|self|macro_invocation|compound_assignment_expr|(unsafe_|async_)?block)$/;
const STATEMENT = /^(expression_statement|let_declaration|const_item|static_item|function_item|mod_item|impl_item)$/;
/** Through which a value passes, and what gives none. */
const PASSING =
  /^(block|unsafe_block|if_expression|else_clause|match_expression|match_block|match_arm|match_pattern|expression_statement|let_declaration|return_expression|break_expression|continue_expression|(while|for|loop)_expression|.*_item)$/;

export function isSkipped(node: SyntaxNode, { node: parent }: Place): boolean {
  if (SKIPPED.has(node.type)) return true;
  // Of a pattern in a `match` the guard alone runs.
  if (parent.type === 'match_pattern') return node.field !== 'condition';
  if (node.type === 'match_pattern') return false;
  return node.field !== undefined && SKIPPED_FIELDS.has(node.field);
}

export function roleOf(node: SyntaxNode, parent: Place): Role | undefined {
  const of = conditionOf(parent);
  if (of !== undefined && (node.field === 'condition' || parent.node.type === 'let_chain'))
    return /^let_(condition|chain)$/.test(node.type) ? undefined : { as: 'condition', of };
  if (PASSING.test(node.type) || throws(node, parent.text)) return undefined;
  return isResult(node, parent) ? { as: 'return' } : undefined;
}

/** A pattern that binds names cannot be negated; what is asked besides can. */
function conditionOf({ node, parent }: Place): (Role & { as: 'condition' })['of'] | undefined {
  switch (node.type) {
    case 'if_expression':
      return 'if';
    case 'while_expression':
      return 'while';
    case 'match_pattern':
      return 'guard';
    case 'let_chain':
      return parent === undefined ? undefined : conditionOf(parent);
    default:
      return undefined;
  }
}

export function exchangeOf(node: SyntaxNode, { node: parent }: Place): Exchange | undefined {
  if (STATEMENT.test(node.type)) return { form: 'statement', start: node.start, end: node.end };
  if (parent.type === 'expression_statement') return undefined;
  return EXPRESSION.test(node.type) ? { form: 'expression', start: node.start, end: node.end } : undefined;
}

export function runsAtLoad(node: SyntaxNode, { node: parent }: Place): boolean | undefined {
  switch (parent.type) {
    case 'const_item':
    case 'static_item':
      return node.field === 'value' ? true : undefined;
    case 'function_item':
    case 'closure_expression':
      return node.field === 'body' ? false : undefined;
    default:
      return undefined;
  }
}

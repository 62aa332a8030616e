import type { Place } from '../tree-mutables.ts';
import { isLastOf, parts } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';
import { throws } from './macro-calls.ts';

/** Whether the value of a node is what the function around it gives back. */
export function isResult(node: SyntaxNode, parent: Place): boolean {
  const around = parent.parent;
  if (around === undefined) return false;
  switch (parent.node.type) {
    case 'closure_expression':
      return node.field === 'body';
    case 'function_item':
      return node.field === 'body' && givesBack(parent.node, parent.text);
    case 'block':
      return isLastOf(node, parent.node) && isResult(parent.node, around);
    case 'expression_statement':
      return !endsWithSemicolon(parent.node) && isResult(parent.node, around);
    case 'if_expression':
      return node.field !== 'condition' && isResult(parent.node, around);
    case 'match_expression':
      return node.field === 'body' && isResult(parent.node, around);
    case 'match_arm':
      return node.field === 'value' && isResult(parent.node, around);
    case 'else_clause':
    case 'match_block':
    case 'unsafe_block':
    case 'parenthesized_expression':
      return isResult(parent.node, around);
    default:
      return false;
  }
}

/** Whether a block has to have a value other than `()`, as far as can be told: of closures nobody says. */
export function isBlockNeeded({ node, parent, text }: Place): boolean {
  switch (parent?.node.type) {
    case 'function_item':
      return givesBack(parent.node, text);
    case 'if_expression':
      return field(parent.node, 'alternative') !== undefined && isNeeded(parent);
    case 'else_clause':
      return parent.parent === undefined || isNeeded(parent.parent);
    case 'match_arm':
      return isArmNeeded(parent);
    case 'loop_expression':
    case 'while_expression':
    case 'for_expression':
      return false;
    case 'unsafe_block':
      return isNeeded(parent);
    case 'expression_statement':
    case 'block':
      return isNeeded({ node, parent });
    default:
      return true;
  }
}

export function isArmNeeded(arm: Place): boolean {
  const match = arm.parent?.parent;
  return match === undefined || isNeeded(match);
}

/** The same of an expression. */
export function isNeeded({ node, parent }: Pick<Place, 'node' | 'parent'>): boolean {
  switch (parent?.node.type) {
    case 'expression_statement':
      return !endsWithSemicolon(parent.node) && isNeeded(parent);
    case 'block':
      return isLastOf(node, parent.node) && isBlockNeeded(parent);
    case 'match_arm':
      return isArmNeeded(parent);
    case 'else_clause':
      return parent.parent === undefined || isNeeded(parent.parent);
    default:
      return true;
  }
}

function givesBack(item: SyntaxNode, text: string): boolean {
  return !/^(\(\s*\))?$/.test(sourceOf(field(item, 'return_type'), text));
}

export function endsWithSemicolon(statement: SyntaxNode): boolean {
  return statement.children.at(-1)?.type === ';';
}

/** Whether control does not get past an expression, as far as can be told. */
export function diverges(node: SyntaxNode, text: string): boolean {
  if (/^(return|break|continue)_expression$/.test(node.type) || throws(node, text)) return true;
  return node.type === 'call_expression' && /(^|::)(exit|abort)$/.test(sourceOf(field(node, 'function'), text));
}

/** The statement that control leaves a block by: functions and imports may be declared behind it. */
export function lastOf(block: SyntaxNode): SyntaxNode | undefined {
  return block.children.findLast(({ named, type }) => named && !ASIDE.test(type));
}

const ASIDE = /comment$|_item$|^(use_declaration|macro_definition|empty_statement)$/;

/** Whether a block is `()` whatever stands around it. */
export function isUnit(block: SyntaxNode, text: string): boolean {
  const last = lastOf(block);
  if (last === undefined || last.type === 'let_declaration') return true;
  const [inner] = parts(last);
  if (last.type !== 'expression_statement' || inner === undefined) return false;
  return endsWithSemicolon(last) ? !diverges(inner, text) : /^(for|while)_expression$/.test(inner.type);
}

import type { Place } from '../tree-mutables.ts';
import { isComment, parts } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

const STATEMENT = /_statement$|^(function|class)_definition$/;

export function isStatement(node: SyntaxNode): boolean {
  return STATEMENT.test(node.type);
}

/** Where Python sees the end of a statement: comments below its last line are not part of it. */
export function endOfCode(node: SyntaxNode): number {
  let at = node;
  for (;;) {
    const last = at.children.findLast((child) => !isComment(child) && child.type !== 'line_continuation');
    if (last === undefined) return at.end;
    at = last;
  }
}

/** What a statement is made of, where it is one expression or assignment. */
export function only(statement: SyntaxNode): SyntaxNode | undefined {
  const [first, ...more] = parts(statement);
  return more.length === 0 ? first : undefined;
}

/** A string, `pass` or `...`: what stands where nothing is done. */
export function isIdle(statement: SyntaxNode): boolean {
  if (statement.type === 'pass_statement') return true;
  return (
    statement.type === 'expression_statement' && /^(concatenated_)?string$|^ellipsis$/.test(only(statement)?.type ?? '')
  );
}

/** `while True`. */
export function isEndless(statement: SyntaxNode, text: string): boolean {
  return statement.type === 'while_statement' && /^\(?(True|1)\)?$/.test(sourceOf(field(statement, 'condition'), text));
}

/** Whether what is around ends where this ends. */
export function falls({ node }: Place, { node: parent }: Place): boolean {
  switch (parent.type) {
    case 'block':
      return parts(parent).at(-1) === node;
    case 'try_statement':
      return node.field !== 'body' || !parent.children.some((child) => child.type === 'else_clause');
    case 'for_statement':
    case 'while_statement':
      return node.field !== 'body';
    case 'if_statement':
    case 'elif_clause':
    case 'else_clause':
    case 'with_statement':
    case 'except_clause':
    case 'finally_clause':
    case 'match_statement':
    case 'case_clause':
      return true;
    default:
      return false;
  }
}

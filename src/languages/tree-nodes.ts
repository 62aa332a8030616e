import { type SyntaxNode, walk } from './tree-sitter.ts';

export function isComment(node: SyntaxNode): boolean {
  return node.type === 'comment' || node.type === 'line_comment' || node.type === 'block_comment';
}

/** Named children but comments. */
export function parts(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.named && !isComment(child));
}

export function isLastOf(node: SyntaxNode, list: SyntaxNode): boolean {
  return list.children.findLast((child) => child.named && !isComment(child)) === node;
}

/** Whether any node in it, itself included, is one of these. */
export function holds(node: SyntaxNode, test: (inside: SyntaxNode) => boolean): boolean {
  for (const inside of walk(node)) if (test(inside)) return true;
  return false;
}

import type { Span } from '../../engine/mutation/mutable.ts';
import { spanning } from '../mutable-kinds.ts';
import { isComment } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

/** Macros that never give control back: those of the language, and `bail!` of anyhow and eyre. */
const THROWING = new Set(['panic', 'unreachable', 'todo', 'unimplemented', 'bail']);

/** `info` of `log::info!(…)`. */
export function macroName(node: SyntaxNode, text: string): string {
  const path = field(node, 'macro');
  return sourceOf(path === undefined ? undefined : (field(path, 'name') ?? path), text);
}

export function throws(node: SyntaxNode, text: string): boolean {
  return node.type === 'macro_invocation' && THROWING.has(macroName(node, text));
}

/** What stands between the commas of a token tree. */
export function macroArguments(tokens: SyntaxNode): readonly Span[] {
  const groups: SyntaxNode[][] = [[]];
  for (const token of tokens.children.slice(1, -1)) {
    if (token.type === ',') groups.push([]);
    else if (!isComment(token)) groups.at(-1)?.push(token);
  }
  return groups.flatMap((group) => spanning(group) ?? []);
}

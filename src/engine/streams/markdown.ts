import type { fromMarkdown as Reader } from 'mdast-util-from-markdown';

export type Root = ReturnType<typeof Reader>;
export type Content = Root['children'][number];
export type Nodes = Root | Content;
export type ListItem = Extract<Content, { type: 'listItem' }>;

/** Nobody writes so, and reading it takes time that grows with the square. */
const NESTED = /^(?:[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|>)){40}|^[ \t]{80,}(?:[-*+>]|\d{1,9}[.)])[ \t]/m;

/** Undefined for what nests too deeply to be read. */
export async function readMarkdown(text: string): Promise<Root | undefined> {
  if (NESTED.test(text)) return undefined;
  const { fromMarkdown } = await import('mdast-util-from-markdown');
  try {
    return fromMarkdown(text);
  } catch {
    // Nesting without end exhausts the stack of any recursive reader.
    return undefined;
  }
}

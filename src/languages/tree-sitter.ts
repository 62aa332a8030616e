import type { Parser, Tree, TreeCursor } from 'web-tree-sitter';
import type { GrammarName, Grammars } from '../engine/ports.ts';

/** A node of a syntax tree, copied out of WebAssembly memory. Offsets are UTF-16 indices, end exclusive. */
export interface SyntaxNode {
  readonly type: string;
  readonly named: boolean;
  /** Its role in the parent, where the grammar gives one. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

export interface Parsed {
  readonly root: SyntaxNode;
  /** Offset of the first part that does not parse. */
  readonly brokenAt: number | undefined;
}

/** Parses a text; undefined where that takes longer than any file worth judging does. */
export type Parse = (text: string) => Parsed | undefined;

/** A hand-written file of 10,000 lines takes a tenth of this. */
const MAX_PARSE_MS = 3000;

let runtime: Promise<typeof import('web-tree-sitter')> | undefined;

/** @throws where the WebAssembly cannot be read. */
export async function openParser(grammars: Grammars, name: GrammarName): Promise<Parse> {
  runtime ??= startRuntime(grammars);
  const { Language, Parser } = await runtime;
  const parser = new Parser();
  parser.setLanguage(await Language.load(await grammars.grammar(name)));
  return (text) => parseWith(parser, text);
}

async function startRuntime(grammars: Grammars): Promise<typeof import('web-tree-sitter')> {
  const library = await import('web-tree-sitter');
  await library.Parser.init({ wasmBinary: await grammars.runtime() });
  return library;
}

function parseWith(parser: Parser, text: string): Parsed | undefined {
  const deadline = performance.now() + MAX_PARSE_MS;
  // Go's grammar misses the end of a line where a file ends without one.
  const tree = parser.parse(text.endsWith('\n') ? text : `${text}\n`, null, {
    progressCallback: () => performance.now() > deadline,
  });
  if (tree === null) {
    parser.reset();
    return undefined;
  }
  try {
    return copy(tree);
  } finally {
    tree.delete();
  }
}

interface Growing extends SyntaxNode {
  readonly children: Growing[];
}

/** Not recursive: a tree may be deeper than the stack. */
function copy(tree: Tree): Parsed {
  const cursor = tree.walk();
  let brokenAt: number | undefined;
  const take = (): Growing => {
    if (cursor.nodeType === 'ERROR' || cursor.nodeIsMissing) brokenAt ??= cursor.startIndex;
    return nodeAt(cursor);
  };
  const root = take();
  const path: Growing[] = [root];
  for (let down = true; path.length > 0; ) {
    if (down && cursor.gotoFirstChild()) {
      path.push(adopt(path.at(-1), take()));
    } else if (cursor.gotoNextSibling()) {
      path.pop();
      path.push(adopt(path.at(-1), take()));
      down = true;
    } else {
      path.pop();
      cursor.gotoParent();
      down = false;
    }
  }
  cursor.delete();
  return { root, brokenAt };
}

function nodeAt(cursor: TreeCursor): Growing {
  return {
    type: cursor.nodeType,
    named: cursor.nodeIsNamed,
    field: cursor.currentFieldName ?? undefined,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
  };
}

function adopt(parent: Growing | undefined, child: Growing): Growing {
  parent?.children.push(child);
  return child;
}

/** The child in a role. */
export function field(node: SyntaxNode, name: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === name);
}

export function fields(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === name);
}

export function named(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.named);
}

export function sourceOf(node: SyntaxNode | undefined, text: string): string {
  return node === undefined ? '' : text.slice(node.start, node.end);
}

/** A node and all below it, outer ones first. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at];
      if (child !== undefined) stack.push(child);
    }
  }
}

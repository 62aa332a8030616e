import type { Mutable, Span } from './mutable.ts';

type Statement = Extract<Mutable, { kind: 'statement' | 'block' }>;

interface Node {
  readonly mutable: Statement;
  readonly below: Node[];
}

interface AridSpan extends Span {
  readonly reason: string;
}

/** Statements and blocks of a file, one inside the other. */
export function outlineOf(mutables: readonly Mutable[], text: string): Outline {
  return new Outline(mutables, text);
}

class Outline {
  /** Outer ones first. */
  readonly #nodes: readonly Node[];
  readonly #text: string;

  constructor(mutables: readonly Mutable[], text: string) {
    this.#text = text;
    const statements = mutables.filter((mutable) => mutable.kind === 'statement' || mutable.kind === 'block');
    // A block of one statement has its very span.
    statements.sort(
      (a, b) => a.start - b.start || b.end - a.end || (a.kind === b.kind ? 0 : a.kind === 'block' ? -1 : 1),
    );
    const open: Node[] = [];
    this.#nodes = statements.map((mutable) => {
      const node: Node = { mutable, below: [] };
      while (open.length > 0 && !isWithin(mutable, open.at(-1)?.mutable)) open.pop();
      open.at(-1)?.below.push(node);
      open.push(node);
      return node;
    });
  }

  /** Blocks, and compound statements with all in them, that hold nothing but arid statements. */
  arid(isArid: (statement: Mutable) => boolean): readonly AridSpan[] {
    const arid = new Set<Node>();
    const spans: AridSpan[] = [];
    for (const node of this.#nodes.toReversed()) {
      const { mutable } = node;
      const inner = node.below.filter((part) => this.#counts(part, node));
      const whole = mutable.kind === 'block' || mutable.of === 'compound';
      // Rust's last expression is no statement.
      const all = mutable.kind !== 'block' || node.below.length >= mutable.statements;
      const hollow = whole && all && inner.length > 0 && inner.every((part) => arid.has(part));
      if (!hollow && !(mutable.kind === 'statement' && isArid(mutable))) continue;
      arid.add(node);
      if (hollow) spans.push({ start: mutable.start, end: mutable.end, reason: 'nothing in it is worth it' });
    }
    return spans;
  }

  /** Not an empty block, nor a part of the head of a loop. */
  #counts({ mutable }: Node, { mutable: around, below }: Node): boolean {
    if (mutable.kind === 'block') return mutable.statements > 0;
    if (around.kind === 'block' || below.every((part) => part.mutable.kind !== 'block')) return true;
    return !/(?:[(;]|\b(?:for|if|switch))\s*$/.test(this.#text.slice(Math.max(0, mutable.start - 20), mutable.start));
  }
}

function isWithin({ start, end }: Span, outer: Span | undefined): boolean {
  return outer !== undefined && outer.start <= start && end <= outer.end && start < outer.end;
}

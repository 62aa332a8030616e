import type { Span } from '../../engine/mutation/mutable.ts';
import { field, named, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

interface OpenName {
  readonly name: string;
  /** From the declaration to where the name is gone; a field is known in all of its class. */
  readonly start: number;
  readonly end: number;
  readonly local: boolean;
}

/** Variables and final fields declared without a value: the compiler wants to see that they get one before they are used. */
export class OpenNames {
  readonly #names: readonly OpenName[];
  readonly #uses: ReadonlyMap<string, readonly number[]>;
  readonly #set: readonly { readonly name: string; readonly start: number; readonly end: number }[];

  constructor(root: SyntaxNode, text: string) {
    const names: OpenName[] = [];
    const uses = new Map<string, number[]>();
    const set: { name: string; start: number; end: number }[] = [];
    const stack: { readonly node: SyntaxNode; readonly around: SyntaxNode }[] = [{ node: root, around: root }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { node, around } = next;
      if (/^(local_variable|field)_declaration$/.test(node.type)) names.push(...openNames(node, around, text));
      else if (node.type === 'assignment_expression')
        set.push({ name: targetOf(node, text), start: node.start, end: node.end });
      else if (node.type === 'identifier') {
        const name = sourceOf(node, text);
        const known = uses.get(name);
        if (known === undefined) uses.set(name, [node.start]);
        else known.push(node.start);
      }
      for (let at = node.children.length - 1; at >= 0; at--) {
        const child = node.children[at];
        if (child !== undefined) stack.push({ node: child, around: node });
      }
    }
    const open = new Set(names.map(({ name }) => name));
    this.#names = names;
    this.#set = set.filter(({ name }) => open.has(name));
    this.#uses = uses;
  }

  /** Whether one of them gets its value in a part of the text. */
  setIn({ start, end }: Span): boolean {
    return this.#set.some(
      (set) =>
        start <= set.start &&
        set.end <= end &&
        this.#names.some(({ name, ...known }) => name === set.name && known.start < start && set.end <= known.end),
    );
  }

  /** Whether one of them is used behind a part of the text, which then must not be reached without a value. */
  isWantedAfter({ start, end }: Span): boolean {
    return this.#names.some(
      (open) =>
        open.local &&
        open.start < start &&
        end <= open.end &&
        (this.#uses.get(open.name) ?? []).some((use) => use >= end && use < open.end),
    );
  }
}

function openNames(declaration: SyntaxNode, around: SyntaxNode, text: string): readonly OpenName[] {
  const local = declaration.type === 'local_variable_declaration';
  const modifiers = sourceOf(
    declaration.children.find(({ type }) => type === 'modifiers'),
    text,
  );
  if (!local && !/\bfinal\b/.test(modifiers)) return [];
  return named(declaration)
    .filter((child) => child.type === 'variable_declarator' && field(child, 'value') === undefined)
    .map((declarator) => ({
      name: sourceOf(field(declarator, 'name'), text),
      start: local ? declaration.start : around.start,
      end: around.end,
      local,
    }));
}

/** `x` of `x = 1` and of `this.x = 1`. */
function targetOf(assignment: SyntaxNode, text: string): string {
  return sourceOf(field(assignment, 'left'), text).replace(/^this\s*\.\s*/, '');
}

import type { Span } from '../../engine/mutation/mutable.ts';
import { Extents } from '../extents.ts';
import { type BindingRules, bindingsOf } from '../tree-bindings.ts';
import { field, fields, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { goScopes } from './scopes.ts';

interface Need {
  /** Of the declaration. */
  readonly start: number;
  readonly uses: readonly SyntaxNode[];
}

const NAMES: BindingRules = {
  ...goScopes,
  // To assign to a variable is not to use it.
  isUse: (node, parent) =>
    node.type === 'identifier' && !(parent.type === 'expression_list' && parent.field === 'left'),
  // `x := x + 1` reads another x.
  knownFrom: ({ type, start, end }) => (type === 'type_switch_statement' ? start : end),
};

/** Names that the compiler wants to be used: local variables, imports, labels. */
export class Needs {
  readonly #extents: Extents<Need>;

  constructor(root: SyntaxNode, text: string) {
    const needs = [...variables(root, text), ...others(root, text)].filter(({ uses }) => uses.length > 0);
    this.#extents = new Extents(
      needs.map((item) => ({ first: item.uses[0]?.start ?? 0, last: item.uses.at(-1)?.start ?? 0, item })),
    );
  }

  /** Whether a name declared elsewhere would be used no more without a part of the text. */
  strands(span: Span): boolean {
    return this.#extents.within(span).some(({ start }) => start < span.start || start >= span.end);
  }
}

function variables(root: SyntaxNode, text: string): readonly Need[] {
  const declared = new Set<SyntaxNode>();
  for (const node of walk(root)) for (const name of variablesOf(node)) declared.add(name);
  const bindings = bindingsOf(root, text, NAMES);
  return bindings.flatMap(({ declared: [first], scope, uses }) =>
    first !== undefined && scope !== root && declared.has(first) ? [{ start: first.start, uses }] : [],
  );
}

function variablesOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case 'short_var_declaration':
    case 'range_clause':
    case 'receive_statement':
      return field(node, 'left')?.children ?? [];
    case 'var_spec':
      return fields(node, 'name');
    case 'type_switch_statement':
      return field(node, 'alias')?.children ?? [];
    default:
      return [];
  }
}

function others(root: SyntaxNode, text: string): readonly Need[] {
  const names = new Map<string, SyntaxNode[]>();
  const labels = new Map<string, SyntaxNode[]>();
  const found: { readonly node: SyntaxNode; readonly candidates: readonly string[] }[] = [];
  const targets: SyntaxNode[] = [];
  for (const node of walk(root)) {
    const word = (): string => text.slice(node.start, node.end);
    if (node.type === 'import_spec') found.push({ node, candidates: importNames(node, text) });
    else if (node.type === 'label_name') {
      if (node.field === 'label') targets.push(node);
      else push(labels, word(), node);
    } else if (
      (node.type === 'package_identifier' && node.field === 'package') ||
      (node.type === 'identifier' && node.field === 'operand')
    )
      push(names, word(), node);
  }
  return [
    ...found.map(({ node, candidates }) => ({
      start: node.start,
      uses: candidates.map((name) => names.get(name)).find((uses) => uses !== undefined) ?? [],
    })),
    ...targets.map((node) => ({ start: node.start, uses: labels.get(sourceOf(node, text)) ?? [] })),
  ];
}

function push(lists: Map<string, SyntaxNode[]>, name: string, node: SyntaxNode): void {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [node]);
  else known.push(node);
}

/** What an import may be called: its own name, or what its path most likely ends in. */
function importNames(spec: SyntaxNode, text: string): readonly string[] {
  const name = field(spec, 'name');
  if (name !== undefined) return name.type === 'package_identifier' ? [sourceOf(name, text)] : [];
  const segments = sourceOf(field(spec, 'path'), text).slice(1, -1).split('/');
  if (segments.length > 1 && /^v\d+$/.test(segments.at(-1) ?? '')) segments.pop();
  const last = (segments.at(-1) ?? '').replace(/\.v\d+$/, '');
  return [last, last.replace(/^go-|[-.]go$/g, ''), last.replace(/^.*-/, '')];
}

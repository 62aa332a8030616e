import type {
  ConditionOf,
  Exchange,
  Mutable,
  MutableFile,
  MutableReader,
  Span,
  Spelling,
} from '../engine/mutation/mutable.ts';
import type { GrammarName, Grammars } from '../engine/ports.ts';
import { positionAt } from '../engine/text.ts';
import { openParser, type Parse, type Parsed, type SyntaxNode } from './tree-sitter.ts';

/** What a node is to the one around it, parentheses looked through. */
export type Role =
  | { readonly as: 'condition'; readonly of: ConditionOf }
  | { readonly as: 'default' }
  /** The value that a function gives back without the word `return`. */
  | { readonly as: 'return' };

/** A node in its surroundings. */
export interface Place {
  readonly node: SyntaxNode;
  readonly parent: Place | undefined;
  readonly text: string;
  readonly role: Role | undefined;
  readonly exchange: Exchange;
  readonly symbol: string;
  readonly atLoad: boolean;
}

type CommonKey = 'start' | 'end' | 'exchange' | 'symbol' | 'atLoad';
/** Where they differ from those of the node. */
type Overrides = Partial<Pick<Mutable, 'start' | 'end' | 'exchange'>>;
type Without<M> = M extends unknown ? Omit<M, CommonKey> & Overrides : never;

/** A mutable without what its place says; the span is the node's where it has none. */
export type Found = Without<Mutable>;

export type Reading = (place: Place) => readonly Found[];

/** What of one file can be mutated. `parent` is the place around the node in question. */
export interface MutableRules {
  /** By type of node. */
  readonly readings: ReadonlyMap<string, Reading>;
  /** Nothing in it runs, or nothing in it can be changed so that the file still compiles. */
  isSkipped(node: SyntaxNode, parent: Place): boolean;
  roleOf(node: SyntaxNode, parent: Place): Role | undefined;
  /** Undefined for what can be exchanged only together with what is around it. */
  exchangeOf(node: SyntaxNode, parent: Place): Exchange | undefined;
  /** Undefined where a node runs whenever what is around it does. */
  runsAtLoad(node: SyntaxNode, parent: Place): boolean | undefined;
}

/** All that is particular to a language that tree-sitter reads. */
export interface MutableLanguage {
  readonly grammar: GrammarName;
  readonly spelling: Spelling;
  /** Definitions with a body of statements: what is left out as a whole where a part does not parse. */
  readonly functions: ReadonlySet<string>;
  readonly parentheses: string;
  /** What a definition is called; undefined for other nodes. */
  nameOf(node: SyntaxNode, text: string): string | undefined;
  rulesOf(root: SyntaxNode, text: string, path: string): MutableRules;
}

export async function openTreeMutables(grammars: Grammars, language: MutableLanguage): Promise<MutableReader> {
  const parse = await openParser(grammars, language.grammar);
  const { spelling } = language;
  return (path, text) => {
    try {
      return read(path, text, parse, language);
    } catch (error) {
      return { spelling, mutables: [], unanalysed: `cannot be parsed: ${messageOf(error)}` };
    }
  };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160) ?? '';
}

function read(path: string, text: string, parse: Parse, language: MutableLanguage): MutableFile {
  const { spelling } = language;
  const parsed = parse(text);
  if (parsed === undefined) return { spelling, mutables: [], unanalysed: 'takes too long to parse' };
  const mutables = mutablesOf(path, text, parsed, language);
  if (parsed.brokenAt === undefined) return { spelling, mutables };
  return { spelling, mutables, unanalysed: `does not parse at line ${positionAt(text, parsed.brokenAt).line}` };
}

function mutablesOf(path: string, text: string, parsed: Parsed, language: MutableLanguage): readonly Mutable[] {
  const { root, brokenAt } = parsed;
  const rules = language.rulesOf(root, text, path);
  const broken = brokenAt === undefined ? new Set<SyntaxNode>() : brokenParts(root, language);
  const found: Mutable[] = [];
  const exchange: Exchange = { form: 'statement', start: 0, end: text.length };
  const stack: Place[] = [{ node: root, parent: undefined, text, role: undefined, exchange, symbol: '', atLoad: true }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const { node } = place;
    if (broken.has(node)) continue;
    collect(place, rules, language, found);
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child?.named === true && !rules.isSkipped(child, place)) stack.push(placeOf(child, place, rules, language));
    }
  }
  // A part may have been read before what it is in: a body begins behind its docstring.
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

function placeOf(node: SyntaxNode, parent: Place, rules: MutableRules, language: MutableLanguage): Place {
  const { text } = parent;
  const inParentheses = parent.node.type === language.parentheses;
  const name = language.nameOf(node, text);
  const around = parent.symbol;
  return {
    node,
    parent,
    text,
    role: inParentheses ? parent.role : rules.roleOf(node, parent),
    exchange: rules.exchangeOf(node, parent) ?? parent.exchange,
    symbol: name === undefined ? around : around === '' ? name : `${around}.${name}`,
    atLoad: rules.runsAtLoad(node, parent) ?? parent.atLoad,
  };
}

function collect(place: Place, rules: MutableRules, language: MutableLanguage, found: Mutable[]): void {
  const { node, role, exchange, symbol, atLoad } = place;
  const add = (one: Found): void => {
    found.push({ start: node.start, end: node.end, exchange, symbol, atLoad, ...one });
  };
  if (role !== undefined && node.type !== language.parentheses) add(partOf(role, node));
  const reading = rules.readings.get(node.type);
  if (reading !== undefined) for (const one of reading(place)) add(one);
}

function partOf(role: Role, node: SyntaxNode): Found {
  switch (role.as) {
    case 'condition':
      return { kind: 'condition', of: role.of };
    case 'default':
      return { kind: 'default', value: spanOf(node) };
    case 'return':
      return { kind: 'return', value: spanOf(node), implied: true };
    default:
      return role satisfies never;
  }
}

/** One reading a type; where there are several, all of them, in this order. */
export function readingsOf(entries: Iterable<readonly [string, Reading]>): ReadonlyMap<string, Reading> {
  const found = new Map<string, Reading>();
  for (const [type, reading] of entries) {
    const before = found.get(type);
    found.set(type, before === undefined ? reading : (place) => [...before(place), ...reading(place)]);
  }
  return found;
}

export function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** What does not parse, each with the function around it: what stands beside it may have been misread. */
function brokenParts(root: SyntaxNode, { functions }: MutableLanguage): ReadonlySet<SyntaxNode> {
  const found = new Set<SyntaxNode>();
  const stack: { readonly node: SyntaxNode; readonly whole: SyntaxNode | undefined }[] = [
    { node: root, whole: undefined },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node } = next;
    const whole = functions.has(node.type) ? node : next.whole;
    if (isBroken(node)) found.add(whole ?? node);
    for (const child of node.children) stack.push({ node: child, whole });
  }
  return found;
}

/** An error, or a token that the parser made up. */
function isBroken(node: SyntaxNode): boolean {
  return (
    node.type === 'ERROR' || (node.start === node.end && /\w|[^\s\0]/.test(node.type) && node.children.length === 0)
  );
}

/** The outermost place whose end is passed once this one's is; `falls` says whether that holds for a place and its parent. */
export function endOf(place: Place, falls: (place: Place, parent: Place) => boolean): Place {
  let at = place;
  while (at.parent !== undefined && falls(at, at.parent)) at = at.parent;
  return at;
}

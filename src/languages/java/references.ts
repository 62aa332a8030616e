import type { Extraction, Reference } from '../../engine/language.ts';
import { readImport, readRequirement } from './imports.ts';
import {
  type Chain,
  commentEnd,
  isDigit,
  isUpper,
  Kind,
  kindOf,
  literalEnd,
  nameEnd,
  readChain,
  skipBlank,
} from './lex.ts';
import { firstArgument, MAX_LENGTH, type StringValue } from './literals.ts';

const OPEN = 40;
const DECLARING: ReadonlySet<string> = new Set(['class', 'interface', 'enum', 'record']);
/** First segments of packages nearly everywhere; in other words a lower-case chain may be fields of objects. */
const TOP_LEVEL: ReadonlySet<string> = new Set(
  'com org net io edu gov dev app de uk fr ch eu cn jp java javax jakarta jdk sun kotlin scala groovy android androidx'.split(
    ' ',
  ),
);

export function extract(path: string, text: string): Extraction {
  const collector = new Collector(text, path.endsWith('module-info.java'));
  return collector.run();
}

interface Use {
  readonly start: number;
  readonly end: number;
}

class Collector {
  private readonly text: string;
  private readonly descriptor: boolean;
  private readonly references: Reference[] = [];
  private readonly wildcards: Omit<Reference, 'names'>[] = [];
  /** Simple type names, each with its first use. */
  private readonly uses = new Map<string, Use>();
  /** Qualified names that have been met: the first place of each is enough. */
  private readonly qualified = new Set<string>();
  /** Names that the file itself explains: its own types and its single-type imports. */
  private readonly known = new Set<string>();
  private readonly roots = new Set(TOP_LEVEL);
  /** Characters of arguments that may be read: calls nested in calls must not make the reading quadratic. */
  private budget = 1_000_000;
  private packageName = '';
  private problem: string | undefined;

  constructor(text: string, descriptor: boolean) {
    this.text = text;
    this.descriptor = descriptor;
  }

  run(): Extraction {
    const { text } = this;
    for (let at = 0; at < text.length; ) {
      const kind = kindOf(text.charCodeAt(at));
      if (kind === Kind.name) at = this.name(at);
      else if (kind === Kind.slash) at = this.closed(commentEnd(text, at), 'unterminated comment');
      else if (kind === Kind.quote) at = this.closed(literalEnd(text, at), 'unterminated string');
      else if (kind === Kind.dot) at = this.member(at);
      else at++;
    }
    this.finish();
    return { references: this.references, ...(this.problem === undefined ? {} : { unanalysed: this.problem }) };
  }

  private closed({ end, closed }: { end: number; closed: boolean }, problem: string): number {
    if (!closed) this.problem ??= problem;
    return end;
  }

  /** What follows a dot is a member of something computed; only loadClass("…") matters there. */
  private member(dot: number): number {
    const start = skipBlank(this.text, dot + 1);
    const end = nameEnd(this.text, start);
    if (end - start === 'loadClass'.length && this.text.startsWith('loadClass', start)) this.loadClass(end);
    return Math.max(end, dot + 1);
  }

  private name(start: number): number {
    const code = this.text.charCodeAt(start);
    if (isDigit(code)) return nameEnd(this.text, start);
    if (isUpper(code)) return this.typeName(start);
    const end = nameEnd(this.text, start);
    const next = kindOf(this.text.charCodeAt(end));
    if (next !== Kind.dot && next !== Kind.blank) return end;
    const word = this.text.slice(start, end);
    if (word === 'import') return this.importAt(end);
    if (word === 'package') return this.packageAt(end);
    if (DECLARING.has(word)) return this.declaration(end);
    if (word === 'requires' && this.descriptor) return this.requirement(end);
    return next === Kind.dot && word !== 'this' && word !== 'super' ? this.chain(readChain(this.text, start)) : end;
  }

  private packageAt(after: number): number {
    const chain = readChain(this.text, skipBlank(this.text, after));
    if (this.packageName === '') this.packageName = chain.segments.join('.');
    this.roots.add(chain.segments[0] ?? '');
    return chain.end;
  }

  private importAt(after: number): number {
    const one = readImport(this.text, after);
    if (one === undefined) return this.closed({ end: after, closed: false }, 'an import cannot be read');
    const { segments, start, end, wildcard } = one;
    const name = segments.join('.');
    this.roots.add(segments[0] ?? '');
    if (wildcard) this.wildcards.push({ specifier: `${name}.*`, kind: 'static', typeOnly: false, start, end });
    else {
      this.known.add(segments.at(-1) ?? '');
      this.push(name, 'static', start, end);
    }
    return end;
  }

  private requirement(after: number): number {
    const { segments, start, end } = readRequirement(this.text, after);
    if (end > start) this.push(segments.join('.'), 'static', start, end);
    return end;
  }

  private declaration(after: number): number {
    const start = skipBlank(this.text, after);
    const end = nameEnd(this.text, start);
    if (isUpper(this.text.charCodeAt(start))) this.known.add(this.text.slice(start, end));
    return Math.max(end, after);
  }

  private typeName(start: number): number {
    const end = nameEnd(this.text, start);
    const name = this.text.slice(start, end);
    // Names with `_` are constants; they would only be looked up in vain.
    if (!this.uses.has(name) && !name.includes('_')) this.uses.set(name, { start, end });
    return name === 'Class' ? this.forName(end) : end;
  }

  /** `a.b.C`: sure where `a` is known to start packages, else it may be fields of an object. */
  private chain(chain: Chain): number {
    const { segments, start, ends } = chain;
    const first = segments.findIndex((segment) => isUpper(segment.charCodeAt(0)));
    if (first < 0) return this.lastMember(chain);
    let last = first;
    while (isNestedType(segments[last + 1])) last++;
    const end = ends[last] ?? chain.end;
    const sure = first > 1 && this.roots.has(segments[0] ?? '') && /[a-z]/.test(segments[first] ?? '');
    const name = segments.slice(0, last + 1).join('.');
    if (!this.qualified.has(name)) this.push(name, sure ? 'static' : 'implicit', start, end);
    this.qualified.add(name);
    return segments[first] === 'Class' ? this.forName(ends[first] ?? end) : end;
  }

  private lastMember({ segments, end }: Chain): number {
    if (segments.at(-1) === 'loadClass' && segments[0] !== 'super') this.loadClass(end);
    return end;
  }

  /** After `Class`: a call of forName, or the method handed on. */
  private forName(after: number): number {
    const at = skipBlank(this.text, after);
    const handedOn = this.text.startsWith('::', at);
    if (!handedOn && kindOf(this.text.charCodeAt(at)) !== Kind.dot) return after;
    const start = skipBlank(this.text, at + (handedOn ? 2 : 1));
    const end = nameEnd(this.text, start);
    if (this.text.slice(start, end) !== 'forName') return after;
    const open = skipBlank(this.text, end);
    const called = this.text.charCodeAt(open) === OPEN;
    const value = called ? this.argument(open) : undefined;
    this.dynamic(value ?? { value: undefined, glob: false, start, end });
    return end;
  }

  /** Of any class loader; a computed name tells nothing, as other things have such a method. */
  private loadClass(after: number): void {
    const open = skipBlank(this.text, after);
    const value = this.text.charCodeAt(open) === OPEN ? this.argument(open) : undefined;
    if (value !== undefined && !value.glob) this.dynamic(value);
  }

  private argument(open: number): StringValue | undefined {
    if (this.budget < 0) return undefined;
    const value = firstArgument(this.text, open);
    this.budget -= value === undefined ? MAX_LENGTH : value.end - open;
    return value;
  }

  private dynamic(value: { value: string | undefined; glob: boolean; start: number; end: number }): void {
    const { start, end } = value;
    this.references.push({
      specifier: value.value,
      kind: 'dynamic',
      typeOnly: false,
      start,
      end,
      ...(value.glob ? { glob: true } : {}),
    });
  }

  private push(specifier: string, kind: Reference['kind'], start: number, end: number): void {
    this.references.push({ specifier, kind, typeOnly: false, start, end });
  }

  /** Names that nothing in the file explains come from the same package or from a wildcard import. */
  private finish(): void {
    const names = [...this.uses.keys()].filter((name) => !this.known.has(name));
    for (const wildcard of this.wildcards) this.references.push({ ...wildcard, names });
    for (const name of names) {
      const use = this.uses.get(name);
      const specifier = this.packageName === '' ? name : `${this.packageName}.${name}`;
      if (use !== undefined && !this.descriptor) this.push(specifier, 'implicit', use.start, use.end);
    }
    this.references.sort((left, right) => left.start - right.start);
  }
}

/** What follows a type: another type, unless it looks like a constant or a member. */
function isNestedType(segment: string | undefined): boolean {
  return segment !== undefined && isUpper(segment.charCodeAt(0)) && /[a-z]/.test(segment);
}

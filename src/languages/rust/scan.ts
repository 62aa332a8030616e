import { createFacts, createScope, type Facts, type Scope } from './facts.ts';
import { readIncludedFile } from './includes.ts';
import { readExternCrate, readMod, readModAttributes, readUse } from './items.ts';
import {
  commentEnd,
  DOUBLE_QUOTE,
  HASH,
  isNameStart,
  isWord,
  prefixedEnd,
  QUOTE,
  quoteEnd,
  skipTrivia,
  stringEnd,
  withoutComments,
  wordEnd,
} from './lexer.ts';
import { standsBeforePath } from './standard.ts';
import { readName } from './use-tree.ts';

const INCLUDE = new Set(['include', 'include_str', 'include_bytes']);

/** Inline modules nested deeper are read as part of the one around them: each costs as much as its depth. */
const DEEPEST = 64;

/** One pass over a file. A `use` in a block counts for the module around it, unless the module has the name itself. */
export function scanRust(text: string): Facts {
  return new Scan(text).run();
}

class Scan {
  private readonly text: string;
  private readonly facts: Facts;
  private scope: Scope;
  private depth = 0;
  /** Brace depths at which the inline modules that are open began. */
  private readonly opened: number[] = [];
  /** Behind the last `;`, `{` or `}`: where the attributes of the item at hand begin. */
  private itemStart = 0;

  constructor(text: string) {
    this.text = text;
    this.scope = createScope(undefined, '');
    this.facts = createFacts(this.scope);
  }

  run(): Facts {
    const { text } = this;
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code <= 32) at++;
      else if (isWord(code)) at = this.word(at);
      else at = this.punctuation(code, at);
    }
    return this.facts;
  }

  private punctuation(code: number, at: number): number {
    const { text } = this;
    if (code === DOUBLE_QUOTE) return stringEnd(text, at);
    if (code === QUOTE) return quoteEnd(text, at);
    const comment = commentEnd(text, at);
    if (comment > at) return comment;
    if (code === 58 && text.charCodeAt(at + 1) === 58) return this.colons(at);
    if (code === 59) this.itemStart = at + 1;
    else if (code === 123) this.open(at);
    else if (code === 125) this.close(at);
    return at + 1;
  }

  private open(at: number): void {
    this.depth++;
    this.itemStart = at + 1;
  }

  private close(at: number): void {
    this.depth--;
    this.itemStart = at + 1;
    if (this.opened.length === 0 || this.depth > (this.opened.at(-1) ?? 0)) return;
    this.opened.pop();
    this.scope = this.scope.parent ?? this.scope;
  }

  /** `::` that no name stands before: a global path, or what follows `<T as Trait>`. */
  private colons(at: number): number {
    const { text } = this;
    const nameAt = skipTrivia(text, at + 2);
    if (!isNameStart(text.charCodeAt(nameAt))) return nameAt;
    const continues = /(?:[^-=]>|[)\]])\s*$/.test(text.slice(Math.max(at - 8, 0), at));
    return this.path(nameAt, nameAt, !continues, continues);
  }

  private word(at: number): number {
    const { text } = this;
    const end = wordEnd(text, at);
    const next = text.charCodeAt(end);
    const literal = next === DOUBLE_QUOTE || next === HASH || next === QUOTE ? prefixedEnd(text, at, end) : undefined;
    if (literal !== undefined) return literal;
    if (next === HASH && text.charCodeAt(at) === 114 && end === at + 1) return this.path(at, at, false, false);
    const first = text.charCodeAt(at);
    if (first === 117 && end - at === 3 && text.startsWith('use', at)) return this.use(at, end);
    if (first === 109 && end - at === 3 && text.startsWith('mod', at)) return this.mod(at, end);
    if (first === 101 && end - at === 6 && text.startsWith('extern', at)) return this.externCrate(at, end);
    if (next === 33) return this.macroCall(at, end, true);
    const after = next <= 32 || next === 47 ? skipTrivia(text, end) : end;
    if (text.charCodeAt(after) !== 58 || text.charCodeAt(after + 1) !== 58) return after;
    return this.path(at, at, false, text.charCodeAt(at - 1) === 36 && text.slice(at, end) !== 'crate');
  }

  /** Reads `a::b::c` from its first name; one name alone is no path unless it is global. */
  private path(from: number, start: number, global: boolean, dropped: boolean): number {
    const { text } = this;
    const segments: string[] = [];
    let end = from;
    let at = from;
    for (;;) {
      const found = readName(text, at);
      if (!found) break;
      segments.push(found.name);
      end = found.end;
      at = skipTrivia(text, end);
      if (text.charCodeAt(at) !== 58 || text.charCodeAt(at + 1) !== 58) break;
      if (segments.length === 1 && at > end && standsBeforePath(found.name)) return at;
      at = skipTrivia(text, at + 2);
    }
    if (end === from) return from + 1;
    const called = segments.length > 1 && text.charCodeAt(end) === 33 && INCLUDE.has(segments.at(-1) ?? '');
    if (called) return this.macroCall(end - (segments.at(-1)?.length ?? 0), end, false);
    if (!dropped && (segments.length > 1 || global)) this.addCode(segments, global, start, end);
    return end;
  }

  /** Types hold no files, so only lower-case heads are worth a look. */
  private addCode(segments: readonly string[], global: boolean, start: number, end: number): void {
    const head = segments[0]?.charCodeAt(0) ?? 0;
    if (head >= 65 && head <= 90) return;
    this.facts.leaves.push({ segments, global, start, end, scope: this.scope, via: 'code', glob: false });
  }

  /** Attributes and visibility of the item whose keyword is at `at`; they are read once. */
  private head(at: number): string {
    const from = this.itemStart;
    this.itemStart = at;
    return withoutComments(this.text.slice(from, at));
  }

  private use(at: number, end: number): number {
    const inBlock = this.depth > (this.opened.at(-1) ?? -1) + 1;
    return readUse(this.text, end, { scope: this.scope, inBlock, head: this.head(at) }, this.facts.leaves);
  }

  private externCrate(at: number, end: number): number {
    return readExternCrate(
      this.text,
      at,
      end,
      { scope: this.scope, inBlock: false, head: this.head(at) },
      this.facts.leaves,
    );
  }

  private mod(at: number, end: number): number {
    const { text, scope } = this;
    const found = readMod(text, end);
    if (!found) return end;
    if (!found.inline) {
      scope.modules.set(found.name, undefined);
      const { name, end: stop } = found;
      this.facts.declarations.push({ scope, name, start: at, end: stop, ...readModAttributes(this.head(at)) });
      return stop;
    }
    if (scope.path.length === DEEPEST) return found.end;
    this.scope = createScope(scope, found.name);
    scope.modules.set(found.name, this.scope);
    this.opened.push(this.depth);
    this.open(found.end);
    return found.end + 1;
  }

  private macroCall(at: number, end: number, bare: boolean): number {
    const { text } = this;
    const name = text.slice(at, end);
    const open = skipTrivia(text, end + 1);
    if (name === 'macro_rules') {
      const defined = readName(text, open);
      if (defined) this.facts.macros.add(defined.name);
      return defined?.end ?? open;
    }
    const opens = text[open] === '(' || text[open] === '[' || text[open] === '{';
    if (!opens) return end + 1;
    if (INCLUDE.has(name)) {
      const file = readIncludedFile(text, open + 1);
      this.facts.inclusions.push({ start: at, end: file?.end ?? open, file: file?.value });
      return file?.end ?? open;
    }
    if (bare && !this.facts.macroCalls.has(name)) this.facts.macroCalls.set(name, { name, start: at, end });
    return open;
  }
}

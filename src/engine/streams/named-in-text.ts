/** What the text of a stream names that may be something of the repository. */
export interface NamedThings {
  /** Files, folders and globs: what has a `/` or an ending. */
  readonly paths: readonly string[];
  /** Words in code spans that may be a scope or a symbol. */
  readonly words: readonly string[];
  /** Words that are called a package, crate or scope in so many words. */
  readonly scopes: readonly string[];
}

/** What is to be left alone is no part of what a stream touches. */
const HANDS_OFF =
  /\b(do not|don't|must not|never|without|not) (touch|chang|edit|modif|alter)|\bleaves? .{1,80}\b(alone|as (it|they)|untouched|unchanged)|\bout of scope\b|\bstay(s)? out of\b|\bunchanged\b|\bkeep .{1,60} as (it|they) (is|are)\b/i;
const FENCE = /^[ \t]{0,3}(```|~~~)/;
const BARE_PATH = /(?<![\w/@.:-])(?:\.\/)?(?:[\w@.\-[\]()+]+\/)*[\w@.\-[\]()+*]*(?:\/|\.[A-Za-z]\w{0,9})(?![\w/])/g;
const CALLED =
  /\b(?:the\s+)?[`"']?([\w@./-]{2,60})[`"']?\s+(?:scope|package|crate|workspace)\b|\b(?:scope|package|crate|workspace)\s+[`"']?([\w@./-]{2,60})[`"']?/gi;
const WORD = /^#?[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*(?:\(.*\))?$/;

/** @param text Markdown of the stream. */
export function namedInText(text: string): NamedThings {
  const paths = new Set<string>();
  const words = new Set<string>();
  const scopes = new Set<string>();
  for (const sentence of sentencesOf(withoutFences(text))) {
    if (HANDS_OFF.test(sentence)) continue;
    const coded = [...sentence.matchAll(/(?<!`)`+([^`]+)`+/g)].map(([, code]) => (code ?? '').trim());
    const linked = [...sentence.matchAll(/\]\(\s*<?([^)\s>]+)/g)].map(([, to]) => (to ?? '').replace(/#.*$/, ''));
    for (const code of [...coded, ...linked]) {
      if (isPathLike(code)) paths.add(tidy(code));
      if (WORD.test(code)) words.add(code);
      else if (/^[\w@./-]{2,60}$/.test(code)) words.add(code);
    }
    const bare = withoutLong(sentence.replace(/(?<!`)`+[^`]+`+/g, ' ')).replace(/\w+:\/\/\S+/g, ' ');
    for (const [found] of bare.matchAll(BARE_PATH)) if (isPathLike(found)) paths.add(tidy(found));
    for (const [, before, after] of sentence.matchAll(CALLED)) scopes.add(before ?? after ?? '');
  }
  return { paths: [...paths], words: [...words], scopes: [...scopes] };
}

/** The symbols a word in a code span may mean, the outermost first: `Cart` and `total` of `Cart.total()`. */
export function symbolsOf(word: string): readonly string[] {
  if (!WORD.test(word)) return [];
  return word
    .replace(/\(.*\)$/, '')
    .split(/\.|::|#/)
    .filter((part) => part.length > 2);
}

const MAX_WORD = 2000;

/** What is looked for may begin at each character of a word: one without end is no path, and takes the square of its length. */
function withoutLong(sentence: string): string {
  return sentence
    .split(/\s+/)
    .filter((word) => word.length <= MAX_WORD)
    .join(' ');
}

function isPathLike(text: string): boolean {
  if (/\s/.test(text) || /^\w+:\/\//.test(text) || text.length > 200) return false;
  if (/\(.*\)$/.test(text)) return false;
  return text.includes('/') ? /[A-Za-z0-9]/.test(text) : /^[\w@.\-[\]+*]+\.[A-Za-z]\w{0,9}$/.test(text);
}

function tidy(path: string): string {
  return path
    .replace(/^\.\//, '')
    .replace(/:\d+(:\d+)?$/, '')
    .replace(/[.,;:]+$/, '');
}

function withoutFences(text: string): string {
  let open = false;
  const kept = text.split('\n').filter((line) => {
    const fence = FENCE.test(line);
    if (fence) open = !open;
    return !open && !fence;
  });
  return kept.join('\n');
}

/** A blank line, a bullet or a full stop ends what a "not" speaks of. */
function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/\r/g, '')
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|(?<=[.!?;])\s+(?=[A-Z`])/)
    .map((sentence) => sentence.replace(/\s*\n\s*/g, ' '));
}

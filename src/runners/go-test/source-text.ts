/** Go's text with comments, strings and runes blanked out, line ends kept: every offset stays what it was. */
export function blankLiterals(text: string): string {
  return text.replace(LITERAL, (found) => {
    const [open, close] = found.startsWith('/') ? [0, 0] : [1, 1];
    return (
      found.slice(0, open) +
      found.slice(open, found.length - close).replace(/[^\n]/g, ' ') +
      found.slice(found.length - close)
    );
  });
}

const LITERAL = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g;

/** Where a statement begins, and what it is to the code around it. */
export interface StatementStart {
  readonly start: number;
  /** Part of the head of a `for`, `if` or `switch`: nothing can stand beside it. */
  readonly inHead: boolean;
}

/**
 * The start of the statement around an offset; undefined outside of functions and where a statement cannot be put before it
 * (`else if`). Braces are told apart as gofmt writes them: a block has a space before it, a literal none. A wrong answer does
 * not compile.
 */
export function statementAround(blank: string, offset: number): StatementStart | undefined {
  let at = offset;
  let inHead = false;
  for (;;) {
    const stop = boundaryBefore(blank, at);
    if (stop === undefined) return undefined;
    const start = stop + 1 + leadingSpace(blank.slice(stop + 1, offset));
    const text = blank.slice(start, offset);
    const [label] = /^(?:case\b[^:]*|default\s*):(?!=)\s*/.exec(text) ?? [];
    if (label !== undefined) return { start: start + label.length, inHead: false };
    if (/^(?:case\b|else\b|func\s+[\w(]|var\b|const\b|type\b|import\b)/.test(text) && !isInFunction(blank, start))
      return undefined;
    if (/^(?:case|else)\b/.test(text)) return undefined;
    if (blank[stop] !== ';' || !isHead(blank, stop)) return isInFunction(blank, start) ? { start, inHead } : undefined;
    inHead = true;
    at = stop;
  }
}

function leadingSpace(text: string): number {
  return /^\s*/.exec(text)?.[0].length ?? 0;
}

/** The token before which no part of the statement around `from` stands: `;`, the line end that stands for one, a block's brace. */
function boundaryBefore(blank: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from - 1; at >= 0; at--) {
    const token = blank[at] ?? '';
    if (token === ')' || token === ']') depth++;
    else if (token === '}') {
      if (depth === 0 && closesBlock(blank, at)) return at;
      depth++;
    } else if (token === '(' || token === '[') depth = Math.max(0, depth - 1);
    else if (token === '{') {
      if (depth === 0 && isBlockBrace(blank, at)) return at;
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && (token === ';' || (token === '\n' && endsStatement(blank, at)))) return at;
  }
  return undefined;
}

/** A block ends a statement with its line; what follows on the line goes on with it (`} else if`). */
function closesBlock(blank: string, at: number): boolean {
  return /^\}[ \t]*\n/.test(blank.slice(at, at + 80)) && /^\s*$/.test(blank.slice(blank.lastIndexOf('\n', at) + 1, at));
}

function isBlockBrace(blank: string, at: number): boolean {
  const before = blank.slice(Math.max(0, at - 200), at);
  return /[ \t]$/.test(before) && !/[,{(:=[]\s*$/.test(before);
}

/** Go puts a semicolon at the end of a line after these. */
function endsStatement(blank: string, at: number): boolean {
  return /(?:[\w)\]}"'`]|\+\+|--)[ \t\r]*$/.test(blank.slice(Math.max(0, at - 200), at));
}

/** Whether a semicolon separates the parts of a head. */
function isHead(blank: string, at: number): boolean {
  const line = blank.slice(blank.lastIndexOf('\n', at) + 1, at);
  return /^\s*(?:\}\s*else\s+)?(?:for|if|switch)\b[^{]*$/.test(line);
}

/** By indentation, as gofmt writes: what stands at the margin is no function's. */
function isInFunction(blank: string, start: number): boolean {
  const line = blank.slice(blank.lastIndexOf('\n', start - 1) + 1, start);
  if (!/^\s+/.test(line) && !/\{/.test(line)) return false;
  const margin = [...blank.slice(0, start).matchAll(/^(\S.*)$/gm)].at(-1)?.[1] ?? '';
  return /^(?:func\b|\}\s*else|\w+:)/.test(margin) || (/\bfunc\b/.test(margin) && !/^\)/.test(margin));
}

const REDIRECTION = /(?:\d*(?:>>|>\||>|<{1,3})&?|&>>?)[ \t]*/y;
const BLANK = /[ \t\r]+|\\\n/y;
const OPERATOR = /&&|\|\||;;?|\|&?|&|\n|[()]/y;
const PIECE =
  /'(?<single>[^']*)'|"(?<double>(?:\\[\s\S]|[^"\\])*)"|\\(?<escaped>[\s\S])|(?<hole>\$\([^)]*\)|`[^`]*`)|(?<variable>\$\{[^}]*\}|\$\w*)|(?<plain>[^\s'"\\;&|()<>`$]+)|(?<other>[\s\S])/y;

/**
 * The commands of a shell line as words, as far as they can be told without a shell: quotes removed, globs kept,
 * redirections dropped, unset variables empty. A command with a substitution (`$(…)`) cannot be told and is left out,
 * and so is one whose output goes to `grep`, since not its own status is what counts.
 */
export function splitCommands(line: string): readonly (readonly string[])[] {
  const commands: Command[] = [];
  let words: string[] = [];
  let unreadable = false;
  let piped = false;
  for (const token of [...tokensOf(line), END]) {
    if (token.kind === 'word') {
      words.push(token.text);
      unreadable ||= token.hole;
      continue;
    }
    if (words.length > 0) commands.push({ words: unreadable ? [] : words, piped });
    // A bracket behind a pipe opens what reads from it.
    if (words.length > 0 || token.text !== '(') piped = token.text === '|' || token.text === '|&';
    words = [];
    unreadable = false;
  }
  const readable = commands.filter(({ words }, index) => words.length > 0 && !isFiltered(commands[index + 1]));
  return readable.map((command) => command.words);
}

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly hole: boolean }
  | { readonly kind: 'operator'; readonly text: string };

const END: Token = { kind: 'operator', text: '' };

function* tokensOf(line: string): Generator<Token> {
  for (let position = 0; position < line.length; ) {
    const blank = matchAt(BLANK, line, position);
    const redirection = matchAt(REDIRECTION, line, position);
    const operator = matchAt(OPERATOR, line, position);
    if (blank !== undefined) position += blank.length;
    else if (redirection !== undefined) position = readWord(line, position + redirection.length).end;
    else if (operator !== undefined) {
      position += operator.length;
      yield { kind: 'operator', text: operator };
    } else {
      const { text, hole, end } = readWord(line, position);
      position = end;
      yield { kind: 'word', text, hole };
    }
  }
}

interface Command {
  readonly words: readonly string[];
  /** Reads what the command before it writes. */
  readonly piped: boolean;
}

function isFiltered(next: Command | undefined): boolean {
  return next?.piped === true && /^(?:! )?[ef]?grep\b/.test(next.words.join(' '));
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

interface Word {
  readonly text: string;
  readonly end: number;
  readonly hole: boolean;
}

function readWord(line: string, start: number): Word {
  let text = '';
  let hole = false;
  let position = start;
  while (position < line.length && !/[\s;&|()<>]/.test(line.charAt(position))) {
    PIECE.lastIndex = position;
    const match = PIECE.exec(line);
    if (match === null) break;
    position += match[0].length;
    hole ||= match.groups?.['hole'] !== undefined;
    text += textOf(match.groups ?? {});
  }
  return { text, end: position, hole };
}

function textOf(groups: Readonly<Record<string, string | undefined>>): string {
  if (groups['single'] !== undefined) return groups['single'];
  if (groups['double'] !== undefined) return expandVariables(groups['double']).replace(/\\([\s\S])/g, '$1');
  if (groups['variable'] !== undefined) return expandVariables(groups['variable']);
  return groups['escaped'] ?? groups['plain'] ?? groups['hole'] ?? groups['other'] ?? '';
}

/** `${NAME:-text}` is its text; any other variable is taken as unset. */
function expandVariables(text: string): string {
  return text.replace(/\$\{\w+:?-([^}]*)\}/g, '$1').replace(/\$\{[^}]*\}|\$\w+/g, '');
}

const BLANK = /[ \t]+|\\\r?\n/y;
const PIECE =
  /'(?<single>[^']*)'|"(?<double>(?:\\[\s\S]|\$(?![\w({@*#?!-])|[^"\\$`])*)"|\\(?<escaped>[^\r\n])|(?<plain>(?:[^\s'"\\;&|()<>`$]|\$(?![\w({@*#?!'"-]))+)/y;
/** Where a word begins, a home folder or a comment. */
const SPECIAL_START = /[~#]/;
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

/**
 * The words of one command line, quotes removed and wildcards kept; undefined where only a shell could run it: more than
 * one command, a redirection, a variable, a substitution, an assignment, a quote left open, nothing at all.
 */
export function splitPlainCommand(text: string): readonly string[] | undefined {
  const line = text.trim();
  if (ASSIGNMENT.test(line)) return undefined;
  const words: string[] = [];
  for (let position = 0; position < line.length; ) {
    const blank = matchAt(BLANK, line, position);
    if (blank !== undefined) {
      position += blank[0].length;
      continue;
    }
    const word = readWord(line, position);
    if (word === undefined) return undefined;
    words.push(word.text);
    position = word.end;
  }
  return words.length === 0 ? undefined : words;
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text) ?? undefined;
}

function readWord(line: string, start: number): { readonly text: string; readonly end: number } | undefined {
  if (SPECIAL_START.test(line.charAt(start))) return undefined;
  let text = '';
  let position = start;
  while (position < line.length && matchAt(BLANK, line, position) === undefined) {
    const piece = matchAt(PIECE, line, position);
    if (piece === undefined) return undefined;
    position += piece[0].length;
    text += textOf(piece.groups ?? {});
  }
  return { text, end: position };
}

function textOf({ single, double, escaped, plain }: Readonly<Record<string, string | undefined>>): string {
  if (double !== undefined) return double.replace(/\\(?:\r?\n|([$`"\\]))/g, '$1');
  return single ?? escaped ?? plain ?? '';
}

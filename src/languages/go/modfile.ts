/** go.mod and go.work: one grammar of directives, alone on a line or grouped in parentheses. */

export interface Replacement {
  readonly path: string;
  /** A folder relative to the file where it starts with `.` or `/`, else another module path. */
  readonly by: string;
}

export interface ModFile {
  /** Empty where the directive is missing. */
  readonly module: string;
  readonly requires: readonly string[];
  readonly replaces: readonly Replacement[];
  /** Folders of go.work, as written. */
  readonly uses: readonly string[];
}

export function parseModFile(text: string): ModFile {
  const file = { module: '', requires: [] as string[], replaces: [] as Replacement[], uses: [] as string[] };
  let block = '';
  for (const line of text.split('\n')) {
    const words = wordsOf(line);
    const [first, second] = words;
    if (first === undefined) continue;
    if (first === ')') block = '';
    else if (block === '' && second === '(') block = first;
    else if (block !== '') apply(file, block, words);
    else apply(file, first, words.slice(1));
  }
  return file;
}

function apply(
  file: { module: string; requires: string[]; replaces: Replacement[]; uses: string[] },
  directive: string,
  words: readonly string[],
): void {
  const first = words[0];
  if (first === undefined) return;
  if (directive === 'module') file.module = first;
  else if (directive === 'require') file.requires.push(first);
  else if (directive === 'use') file.uses.push(first);
  else if (directive === 'replace') {
    const by = words[words.indexOf('=>') + 1];
    if (words.includes('=>') && by !== undefined) file.replaces.push({ path: first, by });
  }
}

/** A comment runs to the end of the line; parentheses and `=>` stand between blanks, as `go mod edit` writes them. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [word, double, raw] of line.matchAll(/"([^"]*)"|`([^`]*)`|\/\/.*|[()]|[^\s()"`]+/g)) {
    if (word.startsWith('//')) break;
    words.push(double ?? raw ?? word);
  }
  return words;
}

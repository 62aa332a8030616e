/** How a declaration begins, and what cannot stand between that and its specifier. */
const BEGINNING = /^[^\S\n\r\u2028\u2029]*(?:(import)\b(?!\s*[(.])|export\s*(?:type\s*)?[*{])/gm;
const DELIMITER = /[;'"()=]/g;

/** Where the specifiers of `import … '` and `export … from '` begin, by their look; in one pass over the text. */
export function declaredAt(text: string): readonly number[] {
  const found: number[] = [];
  let delimiter = -1;
  let from = -1;
  for (const match of text.matchAll(BEGINNING)) {
    const start = match.index + match[0].length;
    // Many beginnings may have the same end: it is looked for once.
    if (delimiter < start) {
      DELIMITER.lastIndex = start;
      delimiter = DELIMITER.exec(text)?.index ?? text.length;
      const before = text.slice(start, delimiter).trimEnd();
      from = before.endsWith('from') ? start + before.length - 'from'.length : -1;
    }
    const isQuote = text[delimiter] === "'" || text[delimiter] === '"';
    const isDeclared = isQuote && (match[1] !== undefined || from >= start);
    if (isDeclared && found.at(-1) !== delimiter + 1) found.push(delimiter + 1);
  }
  return found;
}

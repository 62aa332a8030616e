const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
export const MESSAGE_LENGTH = 400;
const BLANKS = /[\s\u0000-\u001f\u007f]+/g;
const UNEVEN = /[^\S ]|[\u0000-\u001f\u007f]| {2}/;
const NOISE = /^(?:npm (?:ERR!|error)|make(?:\[\d+\])?: \*\*\*|[\s\-=_─━═⎯*#.|+~^]*$|\s*at \S)/;

export function stripAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(ANSI, '') : text;
}

/** One line fit for a person: no colours, no newlines, at most 400 characters. */
export function oneLine(text: string, limit = MESSAGE_LENGTH): string {
  const plain = stripAnsi(text.length > limit * 10 ? text.slice(0, limit * 10) : text);
  const line = (UNEVEN.test(plain) ? plain.replace(BLANKS, ' ') : plain).trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** The last lines that say something, oldest first: no rules, no stack frames, no epilogue of a script runner. */
export function lastLines(text: string, count: number): string[] {
  return stripAnsi(text.slice(-20_000))
    .split(/\r?\n/)
    .filter((line) => !NOISE.test(line))
    .slice(-count)
    .map((line) => oneLine(line));
}

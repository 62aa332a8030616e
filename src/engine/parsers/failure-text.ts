// From what a test framework prints about a failed assertion to the one line a person needs.
import { oneLine, stripAnsi } from './plain-text.ts';

const MAX_TEXT = 8_000;
const GENERIC_ERROR =
  /^(?:Uncaught )?(?:(?:java\.lang\.)?AssertionError|Assertion(?:FailedError)?|JestAssertionError|Error)(?: \[[A-Z_]+\])?: /;
const HEADING = /^(?:\+ actual - expected|actual expected|[-+] (?:Expected|Received)\b.*)$/i;
const BRACKETS = /^[[\]{}(),;]*$/;
const SHORT = 80;

/** `NAME — REASON`, both on one line, the name never crowding the reason out. */
export function testMessage(name: string, reason: string): string {
  return `${oneLine(name, 200)} — ${reason || 'failed'}`;
}

/** First line of the failure, with what was expected and received where that is short. */
export function failureReason(text: string): string {
  const lines = stripAnsi(text.slice(0, MAX_TEXT))
    .split('\n')
    .map((line) => line.trim());
  const end = lines.findIndex((line, index) => index > 0 && /^(?:at \S|❯ \S)/.test(line));
  const [first = '', ...rest] = (end < 0 ? lines : lines.slice(0, end)).filter((line) => line !== '');
  const head = first.replace(GENERIC_ERROR, '').replace(/ \/\/ (?:Object\.is|deep) equality$/, '');
  return oneLine(`${head}${complement(head, rest)}`);
}

function complement(head: string, rest: readonly string[]): string {
  const expected = valueAfter(rest, /^(?:Expected[^:]*|Snapshot): (.+)$/);
  const received = valueAfter(rest, /^(?:Received|Actual)[^:]*: (.+)$/);
  if (expected !== undefined && received !== undefined) return ` (expected ${expected}, received ${received})`;
  const changes = rest.filter((line) => !HEADING.test(line) && /^[-+] /.test(line)).slice(0, 4);
  const next = rest.find((line) => !HEADING.test(line) && !BRACKETS.test(line));
  if (next === undefined) return '';
  if (head.endsWith(':')) return ` ${[next, ...changes.filter((line) => line !== next)].join(' ')}`;
  if (rest.some((line) => /^- Expected/.test(line)) && changes.length > 0) return ` (${changes.join(' ')})`;
  return next.startsWith('assert ') ? ` (${oneLine(next, SHORT)})` : '';
}

function valueAfter(lines: readonly string[], pattern: RegExp): string | undefined {
  const value = lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
  return value !== undefined && value.length <= SHORT ? value : undefined;
}

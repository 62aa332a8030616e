import type { RawFinding } from '../../../protocol/finding.ts';
import { plural } from '../../text.ts';
import { type ChangedText, changedTexts, NO_BASE } from '../changed-texts.ts';
import { isMadeByTools, looksGenerated, readLinguistMarks } from '../file-kinds.ts';
import type { Guard, GuardContext, GuardReport } from '../guard.ts';

const SOURCE =
  /\.([cm]?[jt]sx?|vue|svelte|astro|pyi?|go|rs|java|kts?|scala|groovy|swift|[ch]|cc|cpp|cxx|hh|hpp|mm?|cs|fs|vb|rb|php|pl|lua|dart|ex|exs|erl|hs|clj[cs]?|elm|jl|r|sh|bash|zsh|ps1|css|scss|sass|less|sql|tf|zig|nim)$/i;

/** Not written to be read from top to bottom. */
const DATA = /(^|\/)(fixtures?|__fixtures__|testdata|test-data|golden|data|locales?|i18n|translations)\//i;

/** A file newly over the limit, or over it and grown. */
export const fileSize: Guard = {
  id: 'file-size',
  async inspect(context, signal) {
    signal.throwIfAborted();
    if (context.change.base === undefined) return { findings: [], examined: 0, idle: NO_BASE };
    return inspect(context, context.config.guards['file-size'].lines);
  },
};

function inspect(context: GuardContext, limit: number): GuardReport {
  const marked = readLinguistMarks(context.tree);
  const changed = changedTexts(
    context,
    (path) => SOURCE.test(path) && !DATA.test(path) && !isMadeByTools(path) && !marked(path),
  );
  const looked = changed.filter(isHandWritten);
  const findings = looked.flatMap((file) => judge(file, limit));
  if (looked.length === 0) return { findings, examined: 0, idle: 'no source file changed' };
  return { findings, examined: looked.length };
}

/** A header that the change itself adds proves nothing. */
function isHandWritten({ base, head }: ChangedText): boolean {
  return head !== undefined && !looksGenerated(base ?? head);
}

function judge({ path, base, head }: ChangedText, limit: number): readonly RawFinding[] {
  const lines = countLines(head ?? '');
  const before = base === undefined ? undefined : countLines(base);
  if (lines <= limit || (before !== undefined && before >= lines)) return [];
  const grown = before !== undefined && before > limit;
  const message = grown
    ? `${plural(lines, 'line')}, ${lines - before} more than before; it was over the limit of ${limit} already`
    : `${plural(lines, 'line')}: over the limit of ${limit}${before === undefined ? '' : ` (was ${before})`}`;
  const place = { line: limit + 1, column: 1 };
  return [
    {
      code: 'size/file',
      severity: 'error',
      path,
      range: { start: place, end: place },
      message,
      data: { lines, limit, ...(before === undefined ? {} : { before }) },
    },
  ];
}

function countLines(text: string): number {
  if (text === '') return 0;
  const breaks = text.match(/\n/g)?.length ?? 0;
  return text.endsWith('\n') ? breaks : breaks + 1;
}

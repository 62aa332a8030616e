import type { RawFinding } from '../../../protocol/finding.ts';
import { type ChangedText, changedTexts, NO_BASE } from '../changed-texts.ts';
import { isMadeByTools, looksGenerated, readLinguistMarks } from '../file-kinds.ts';
import type { Guard, GuardContext, GuardReport } from '../guard.ts';
import { type ComparedFile, compareSuppressions, type NewSuppression } from './compare.ts';
import { extractSuppressions, type Suppressions } from './extract.ts';
import { isConfiguration } from './stance.ts';
import { configuredDirectives, type Directive, VOCABULARY } from './vocabulary.ts';

/** Prose speaks of suppressions without being any. */
const PROSE = /\.(md|mdx|markdown|rst|adoc|txt)$/i;

/** Comments, syntax and settings that silence a tool, and were not there in the base. */
export const suppressions: Guard = {
  id: 'suppressions',
  async inspect(context, signal) {
    if (context.change.base === undefined) return { findings: [], examined: 0, idle: NO_BASE };
    const { patterns } = context.config.guards.suppressions;
    return inspect(context, [...configuredDirectives(patterns), ...VOCABULARY], signal);
  },
};

async function inspect(
  context: GuardContext,
  vocabulary: readonly Directive[],
  signal: AbortSignal,
): Promise<GuardReport> {
  const marked = readLinguistMarks(context.tree);
  const changed = changedTexts(context, (path) => !PROSE.test(path) && !isMadeByTools(path) && !marked(path));
  const judged = changed.filter(({ base, head }) => !looksGenerated(base ?? head ?? ''));
  if (judged.length === 0) return { findings: [], examined: 0, idle: 'no file changed that could hold a suppression' };
  const files: ComparedFile[] = [];
  for (const file of judged) {
    files.push(await compared(file, context, vocabulary));
    signal.throwIfAborted();
  }
  const texts = new Map(judged.map((file) => [file.path, file]));
  const spoken = compareSuppressions(files).map(describe);
  return { findings: [...spoken, ...(await configurations([...texts.values()]))], examined: judged.length };
}

async function compared(
  { path, basePath, base, head }: ChangedText,
  context: GuardContext,
  vocabulary: readonly Directive[],
): Promise<ComparedFile> {
  const read = async (name: string, text: string | undefined): Promise<Suppressions | undefined> => {
    if (text === undefined) return undefined;
    return extractSuppressions(name, text, await context.analyse(name, text), vocabulary);
  };
  return { path, base: await read(basePath, base), head: await read(path, head) };
}

async function configurations(files: readonly ChangedText[]): Promise<readonly RawFinding[]> {
  const settings = files.filter(({ path }) => isConfiguration(path));
  if (settings.length === 0) return [];
  const { findConfigurationEscapes } = await import('./configuration-escapes.ts');
  return settings.flatMap(findConfigurationEscapes);
}

function describe({ file, suppression, widens }: NewSuppression): RawFinding {
  const { tool, code, symbol, directive, range } = suppression;
  const what = code === '*' ? `everything of ${tool}` : code;
  const how = directive === what ? '' : ` (${directive})`;
  const where = symbol === '' ? '' : ` in ${symbol}`;
  const before = widens === undefined ? '' : `; before, ${shown(widens)} was silenced there`;
  return {
    code: widens === undefined ? 'suppression/added' : 'suppression/widened',
    severity: 'error',
    path: file.path,
    range,
    message: `${widens === undefined ? 'new' : 'wider'} suppression of ${what}${how}${where}${before}`,
    data: { tool, code, symbol },
  };
}

function shown({ code, span }: NewSuppression['suppression']): string {
  return `${code === '*' ? 'everything' : code}${span === 'line' ? ' on one line' : ''}`;
}

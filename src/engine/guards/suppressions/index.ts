import type { RawFinding } from '../../../protocol/finding.ts';
import type { Tree } from '../../ports.ts';
import { isTestPath } from '../../scopes/path-rules.ts';
import { type ChangedText, changedTexts, NO_BASE } from '../changed-texts.ts';
import { isMadeByTools, isTypeTest, looksGenerated, readLinguistMarks } from '../file-kinds.ts';
import type { Guard, GuardContext, GuardReport } from '../guard.ts';
import { type ComparedFile, compareSuppressions, type NewSuppression } from './compare.ts';
import { extractSuppressions, type Suppressions } from './extract.ts';
import { isOwnProject } from './own-project.ts';
import { isConfiguration } from './stance.ts';
import { configuredDirectives, type Directive, HINT, VOCABULARY } from './vocabulary.ts';

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
  for (const file of worthParsing(judged, vocabulary)) {
    files.push(await compared(file, context, vocabulary));
    signal.throwIfAborted();
  }
  const spoken = compareSuppressions(files).map(describe);
  return { findings: [...spoken, ...(await configurations(judged, context.tree))], examined: judged.length };
}

/** Files that may hold a suppression on either side, if any holds one now: most changes are done with here. */
function worthParsing(files: readonly ChangedText[], vocabulary: readonly Directive[]): readonly ChangedText[] {
  const extra = vocabulary.filter((directive) => !VOCABULARY.includes(directive));
  const speaks = (text: string | undefined): boolean =>
    text !== undefined && (HINT.test(text) || extra.some(({ pattern }) => pattern.test(text)));
  if (!files.some(({ head }) => speaks(head))) return [];
  return files.filter(({ base, head }) => speaks(base) || speaks(head));
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

async function configurations(files: readonly ChangedText[], tree: Tree): Promise<readonly RawFinding[]> {
  const settings = files.filter(({ path }) => isConfiguration(path));
  if (settings.length === 0) return [];
  const { findConfigurationEscapes } = await import('./configuration-escapes.ts');
  const moved = files.filter(({ path, basePath }) => path !== basePath).map(movedPart);
  return settings.flatMap((file) =>
    findConfigurationEscapes(file, moved).filter(({ data }) => {
      const [, entry] = /^exclude: (.+)$/.exec(String(data?.['code'])) ?? [];
      return data?.['tool'] !== 'typescript' || entry === undefined || !isOwnProject(file.path, entry, tree);
    }),
  );
}

/** `typing-examples` and `typing_tests` of a file that went from one folder to the other, else the names of the file. */
function movedPart({ path, basePath }: ChangedText): { readonly from: string; readonly to: string } {
  const from = basePath.split('/');
  const to = path.split('/');
  while (from.length > 1 && to.length > 1 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  return { from: from.join('/'), to: to.join('/') };
}

/** What a test of types, or of what happens to those who disregard them, cannot do without. */
const OF_TESTS = /^(as any|ts-expect-error|@typescript-eslint\/no-explicit-any|lint\/suspicious\/noExplicitAny)$/;

function describe({ file, suppression, widens }: NewSuppression): RawFinding {
  const { tool, code, symbol, directive, range } = suppression;
  const what = code === '*' ? `everything of ${tool}` : code;
  const how = directive === what ? '' : ` (${directive})`;
  const where = symbol === '' ? '' : ` in ${symbol}`;
  const before = widens === undefined ? '' : `; before, ${shown(widens)} was silenced there`;
  return {
    code: widens === undefined ? 'suppression/added' : 'suppression/widened',
    severity: (isTestPath(file.path) || isTypeTest(file.path)) && OF_TESTS.test(code) ? 'info' : 'error',
    path: file.path,
    range,
    message: `${widens === undefined ? 'new' : 'wider'} suppression of ${what}${how}${where}${before}`,
    data: { tool, code, symbol },
  };
}

function shown({ code, span }: NewSuppression['suppression']): string {
  return `${code === '*' ? 'everything' : code}${span === 'line' ? ' on one line' : ''}`;
}

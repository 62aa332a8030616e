import { createAnalyses } from '../guards/analyses.ts';
import type { ChangedText } from '../guards/changed-texts.ts';
import { changedTexts } from '../guards/changed-texts.ts';
import { isMadeByTools, readLinguistMarks } from '../guards/file-kinds.ts';
import { changedLines } from '../mutation/changed-lines.ts';
import { isTestPath } from '../scopes/path-rules.ts';
import type { Engine, Survey } from '../survey.ts';
import type { TouchedFile } from './facts.ts';
import type { History } from './history.ts';
import { isHandoff } from './markdown.ts';

/** Files that are read closely, and how large one may be. */
const READ = 60;
const MAX_CHARS = 300_000;
const SYMBOLS = 12;
const REMINDERS = 10;

const REMINDER = /\b(TODO|FIXME|XXX|HACK)\b/;

/** How a hand-off that was saved in the repository may be called. */
const PROSE = /\.(md|markdown|txt)$/i;

/** Every changed file but earlier hand-offs, those that a person wrote with the definitions that the change touches. */
export async function gatherFiles(
  engine: Engine,
  found: Survey,
  history: History,
  signal: AbortSignal,
): Promise<readonly TouchedFile[]> {
  const marked = readLinguistMarks(engine.tree);
  const made = (path: string): boolean => isMadeByTools(path) || marked(path);
  const baseTree = await found.baseTree();
  const wanted = new Set(
    found.change.files
      .map(({ path }) => path)
      .filter((path) => !made(path))
      .slice(0, READ),
  );
  const texts = changedTexts({ change: found.change, tree: engine.tree, baseTree }, (path) => wanted.has(path));
  const known = new Map(texts.map((text) => [text.path, text]));
  const analyse = createAnalyses(engine.languages, engine.grammars);
  const uncommitted = new Set(history.uncommitted);
  const files: TouchedFile[] = [];
  for (const { path, status, from, untracked } of found.change.files) {
    signal.throwIfAborted();
    const text = known.get(path);
    const prose = PROSE.test(path) && status !== 'deleted' ? (text?.head ?? engine.tree.read(path, MAX_CHARS)) : '';
    if (isHandoff(prose ?? '')) continue;
    const counted = history.counts[path] ?? (untracked ? { added: countLines(text?.head), removed: 0 } : undefined);
    files.push({
      path,
      status,
      from,
      scope: found.scopes.of(path)?.id ?? '',
      added: counted?.added,
      removed: counted?.removed,
      uncommitted: uncommitted.has(path),
      test: isTestPath(path),
      made: made(path),
      source: engine.languages.some((language) => language.matches(path)),
      ...(await closely(text, analyse)),
    });
  }
  return files;
}

function countLines(text: string | undefined): number {
  return text === undefined ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

type Close = Pick<TouchedFile, 'symbols' | 'reminders'>;

async function closely(text: ChangedText | undefined, analyse: ReturnType<typeof createAnalyses>): Promise<Close> {
  const head = text?.head;
  if (text === undefined || head === undefined || head.length > MAX_CHARS) return { symbols: [], reminders: [] };
  const changed = changedLines(text.base, head);
  const lines = head.split('\n');
  const reminders = [...changed]
    .filter((line) => REMINDER.test(lines[line - 1] ?? ''))
    .slice(0, REMINDERS)
    .map((line) => ({ line, text: (lines[line - 1] ?? '').trim() }));
  const analysis = await analyse(text.path, head);
  if (analysis === undefined) return { symbols: [], reminders };
  const symbols = new Set<string>();
  let start = 0;
  lines.forEach((line, index) => {
    const first = start + Math.max(0, line.search(/\S/));
    if (changed.has(index + 1) && line.trim() !== '') {
      // `export const limit = 3;` begins before what it defines.
      const last = start + line.trimEnd().replace(/[;,]$/, '').length - 1;
      symbols.add(analysis.symbolAt(first) || analysis.symbolAt(last));
    }
    start += line.length + 1;
  });
  symbols.delete('');
  return { symbols: [...symbols].slice(0, SYMBOLS), reminders };
}

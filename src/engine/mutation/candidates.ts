import { globMatcher } from '../glob.ts';
import { mayRun } from '../guards/changed-tests/source-kinds.ts';
import { type ChangedText, changedTexts } from '../guards/changed-texts.ts';
import { looksGenerated, readLinguistMarks } from '../guards/file-kinds.ts';
import type { Language } from '../language.ts';
import type { Engine, Survey } from '../survey.ts';
import { createAridity } from './arid.ts';
import { changedLines } from './changed-lines.ts';
import { generateMutants } from './generate.ts';
import type { MutableReader } from './mutable.ts';
import type { Mutant } from './mutant.ts';
import { operatorsNamed } from './operators/index.ts';

/** A changed source with what could be broken on its changed lines. */
export interface CandidateSource {
  readonly path: string;
  readonly text: string;
  readonly language: Language;
  readonly mutants: readonly Mutant[];
}

export interface Candidates {
  readonly sources: readonly CandidateSource[];
  /** What was left out or could not be read, for the report. */
  readonly notes: readonly string[];
}

/** Mutants of the changed lines of runtime code, without noise. */
export async function findCandidates(engine: Engine, found: Survey, signal: AbortSignal): Promise<Candidates> {
  const context = { change: found.change, tree: engine.tree, baseTree: await found.baseTree() };
  const { exclude } = engine.config.mutation;
  const excluded = globMatcher(exclude, { dot: true });
  const marked = readLinguistMarks(engine.tree);
  const languageOf = (path: string): Language | undefined =>
    engine.languages.find((language) => language.openMutables !== undefined && language.matches(path));
  const wanted = (path: string): boolean =>
    mayRun(path) && !excluded(path) && !marked(path) && languageOf(path) !== undefined;
  const readers = new Map<Language, MutableReader>();
  const notes: string[] = [];
  const sources: CandidateSource[] = [];
  for (const file of changedTexts(context, wanted)) {
    const language = languageOf(file.path);
    if (file.head === undefined || language?.openMutables === undefined || looksGenerated(file.head)) continue;
    const reader = readers.get(language) ?? (await language.openMutables(engine.grammars));
    readers.set(language, reader);
    const { mutants, note } = await candidatesOf(file, file.head, language, reader, engine);
    if (note !== undefined) notes.push(note);
    if (mutants.length > 0) sources.push({ path: file.path, text: file.head, language, mutants });
    signal.throwIfAborted();
  }
  return { sources, notes };
}

async function candidatesOf(
  { path, base }: ChangedText,
  head: string,
  language: Language,
  reader: MutableReader,
  engine: Engine,
): Promise<{ readonly mutants: readonly Mutant[]; readonly note?: string }> {
  const { operators, arid } = engine.config.mutation;
  const lines = changedLines(base, head);
  const file = reader(path, head);
  const aridity = createAridity(file, head, arid);
  const live = { ...file, mutables: file.mutables.filter((mutable) => aridity(mutable) === undefined) };
  const named = operatorsNamed(operators);
  const all = generateMutants({
    path,
    language: language.id,
    text: head,
    file: live,
    lines,
    operators: named,
    digest: engine.digest,
  });
  const mutants = await withoutEquivalents(all, path, head, language);
  return file.unanalysed === undefined ? { mutants } : { mutants, note: `${path}: ${file.unanalysed}` };
}

async function withoutEquivalents(
  mutants: readonly Mutant[],
  path: string,
  text: string,
  language: Language,
): Promise<readonly Mutant[]> {
  const isEquivalent = await language.openEquivalence?.();
  return isEquivalent === undefined ? mutants : mutants.filter((mutant) => !isEquivalent(path, text, mutant));
}

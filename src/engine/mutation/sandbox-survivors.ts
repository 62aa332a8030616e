import type { MutatedSource, Sandbox, Try } from './mutant-runner.ts';
import { markPlaces } from './place-marks.ts';
import { attempt } from './sandbox-attempt.ts';
import { type Bench, findMutant, type Placed } from './sandbox-bench.ts';

interface CopyTries {
  readonly copy: Sandbox;
  readonly tries: readonly Try[];
}

export type Examined =
  | { readonly kind: 'examined'; readonly tries: readonly Try[] }
  | { readonly kind: 'unfit'; readonly reason: string };

/** Whether the tests ran the place of a mutant. */
type Reach = 'reached' | 'unreached' | 'unknown';

/**
 * A survivor is an accusation, so it needs evidence: that the tests run the copy at all, and that they run its place. A last run
 * without a mutant, in which each survivor's place leaves a mark, says so, and that the tries left nothing behind that fails tests.
 */
export async function examineSurvivors(bench: Bench, byCopy: readonly CopyTries[]): Promise<Examined> {
  const reaches = new Map<number, Reach>();
  const spoilt = new Set<number>();
  await Promise.all(
    byCopy.map(async ({ copy, tries }) => {
      const survivors = placesOf(bench, tries);
      const told = await markAll(bench, copy, survivors);
      for (const [number, reach] of told.reaches) reaches.set(number, reach);
      if (!told.green) for (const { number } of tries) spoilt.add(number);
    }),
  );
  const tries = byCopy.flatMap((each) => each.tries);
  const proven = tries.some(({ status }) => status === 'killed') || [...reaches.values()].includes('reached');
  const [copy] = byCopy.map((each) => each.copy);
  const survivors = placesOf(bench, tries);
  if (!proven && survivors.length > 0 && copy !== undefined && !bench.signal.aborted) {
    const ignored = await ignoresNonsense(bench, copy, survivors);
    if (ignored)
      return {
        kind: 'unfit',
        reason: `no test noticed that ${namesOf(survivors)} was not even code: they do not run the copy`,
      };
  }
  return { kind: 'examined', tries: tries.map((result) => judged(result, reaches.get(result.number), spoilt)) };
}

function placesOf({ job }: Bench, tries: readonly Try[]): readonly Placed[] {
  const survived = tries.filter(({ status }) => status === 'survived');
  return survived.flatMap(({ number }) => findMutant(job.sources, number) ?? []);
}

function namesOf(places: readonly Placed[]): string {
  return [...new Set(places.map(({ source }) => source.path))].join(', ');
}

function judged(result: Try, reach: Reach | undefined, spoilt: ReadonlySet<number>): Try {
  const own = result.status === 'survived' && reach === 'unreached' ? { ...result, ran: [] } : result;
  if (!spoilt.has(result.number) || result.status === 'compile-error') return own;
  return { ...own, unsure: 'after it the tests fail even without a mutant' };
}

interface Marked {
  readonly green: boolean;
  readonly reaches: ReadonlyMap<number, Reach>;
}

/** All survivors in one run; where that fails, the plain command, and then each survivor on its own. */
async function markAll(bench: Bench, copy: Sandbox, survivors: readonly Placed[]): Promise<Marked> {
  if (bench.job.mode === 'alone' && survivors.length === 0) return { green: true, reaches: new Map() };
  const together = await markRun(bench, copy, survivors);
  if (together.green || bench.signal.aborted) return together;
  const control = await attempt(copy, bench.job, bench.timeoutMs, bench.deps, bench.signal);
  copy.reset();
  if (control.verdict.status !== 'pass') return { green: bench.signal.aborted, reaches: new Map() };
  const reaches = new Map<number, Reach>();
  for (const survivor of survivors) {
    const { number } = survivor.mutant;
    const alone = survivors.length === 1 ? together : await markRun(bench, copy, [survivor]);
    const reach = alone.reaches.get(number) ?? 'unknown';
    // It failed before it came to the place, or because the mark is none that can stand there.
    reaches.set(number, !alone.green && reach === 'unreached' ? 'unknown' : reach);
  }
  return { green: true, reaches };
}

async function markRun(bench: Bench, copy: Sandbox, survivors: readonly Placed[]): Promise<Marked> {
  const marks = bench.deps.createScratch();
  try {
    const unmarked = new Set<number>();
    for (const [source, own] of Map.groupBy(survivors, ({ source }) => source)) {
      for (const number of writeMarked(copy, source, own, marks.dir)) unmarked.add(number);
    }
    const { verdict } = await attempt(copy, bench.job, bench.timeoutMs, bench.deps, bench.signal);
    for (const { source } of survivors) copy.restore(source.path);
    copy.reset();
    const seen = new Set(marks.list('.'));
    const reachOf = (number: number): Reach =>
      unmarked.has(number) ? 'unknown' : seen.has(String(number)) ? 'reached' : 'unreached';
    const reaches = new Map(survivors.map(({ mutant }) => [mutant.number, reachOf(mutant.number)]));
    return { green: verdict.status === 'pass', reaches };
  } finally {
    marks.dispose();
  }
}

/** Numbers of those that could not be marked. */
function writeMarked(copy: Sandbox, source: MutatedSource, own: readonly Placed[], dir: string): readonly number[] {
  const [first] = own;
  if (first === undefined) return [];
  const places = own.map(({ mutant }) => ({
    exchange: mutant.exchange,
    mark: `${dir}/${mutant.number}`,
    number: mutant.number,
  }));
  const { text, unmarked } = markPlaces(source.text, first.mutant.language, places);
  copy.write(source.path, text);
  return places.filter((place) => unmarked.includes(place)).map(({ number }) => number);
}

async function ignoresNonsense(bench: Bench, copy: Sandbox, survivors: readonly Placed[]): Promise<boolean> {
  const sources = new Set(survivors.map(({ source }) => source));
  for (const { path, text } of sources) copy.write(path, `)]} ${text}`);
  const { verdict } = await attempt(copy, bench.job, bench.timeoutMs, bench.deps, bench.signal);
  for (const { path } of sources) copy.restore(path);
  copy.reset();
  return verdict.status === 'pass';
}

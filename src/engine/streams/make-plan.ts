import type { PlannedStream, PlanProblem, StreamPlan } from '../../protocol/streams.ts';
import type { ChangedFile } from '../change/change.ts';
import { expand } from '../scopes/expand.ts';
import { createInertRules } from '../scopes/path-rules.ts';
import type { Engine, Survey } from '../survey.ts';
import { makeBatches } from './batches.ts';
import { findSymbols } from './find-symbols.ts';
import { findFootprint, type Ground } from './footprint.ts';
import { namedInText, symbolsOf } from './named-in-text.ts';
import { findOverlaps } from './overlaps.ts';
import { type DraftStream, parsePlan } from './parse-plan.ts';
import { createUsage } from './usage.ts';

export interface PlanSource {
  /** Relative to the root where it lies inside. */
  readonly file: string;
  readonly text: string;
}

type Known = Pick<Engine, 'tree' | 'config'>;
type Surveyed = Pick<Survey, 'graph' | 'scopes' | 'checks'>;

/** plan → streams → footprints → overlaps → batches. */
export async function makePlan(source: PlanSource, engine: Known, found: Surveyed): Promise<StreamPlan> {
  const { streams: drafts, problems } = await parsePlan(source.text);
  const ground = groundOf(drafts, engine, found);
  const told: PlanProblem[] = [...problems];
  const streams = drafts.map((draft): PlannedStream => {
    const { footprint, problems: own } = findFootprint(draft, ground);
    told.push(...own);
    const { id, title, text, line, after } = draft;
    return { id, title, text, line, after, footprint };
  });
  const overlaps = findOverlaps(streams, createUsage(engine.tree, found.graph));
  return {
    file: source.file,
    streams,
    overlaps,
    batches: makeBatches(streams, overlaps),
    problems: told.sort((a, b) => a.line - b.line),
  };
}

/** What is said of a plan that cannot be read at all. */
export function unreadablePlan(file: string, message: string): StreamPlan {
  return { file, streams: [], overlaps: [], batches: [], problems: [{ line: 1, message }] };
}

function groundOf(drafts: readonly DraftStream[], engine: Known, found: Surveyed): Ground {
  const { tree } = engine;
  const { graph, scopes } = found;
  const undeclared = drafts.filter(({ declared }) => declared.paths.length + declared.scopes.length === 0);
  const all = new Set(undeclared.flatMap(({ text }) => namedInText(text).words.flatMap(symbolsOf)));
  let homes: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    tree,
    graph,
    scopes,
    // The sources are gone through once, for the names of all streams.
    symbols: () => {
      homes ??= findSymbols(all, tree, graph);
      return homes;
    },
    reach: (files) => reachOf(files, engine, found),
  };
}

/** As `loop` would have it if just these files were changed. */
function reachOf(
  files: readonly string[],
  { tree, config }: Known,
  { graph, scopes, checks }: Surveyed,
): readonly string[] {
  const changed = files.map((path): ChangedFile => ({ path, status: 'modified', entry: 'file', untracked: false }));
  const { reached } = expand({
    change: { base: undefined, baseName: undefined, head: undefined, files: changed, reasons: [] },
    tree,
    graph,
    baseGraph: undefined,
    scopes,
    inert: createInertRules(config.inert),
    toolConfig: new Set(checks.flatMap((check) => check.config)),
  });
  const own = new Set(files);
  return [...reached.keys()].filter((path) => !own.has(path)).sort();
}

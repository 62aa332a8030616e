import { governing } from '../engine/decisions/governing.ts';
import { readDecisions } from '../engine/decisions/read-decisions.ts';
import { gatherLimits, gatherRules } from '../engine/relay/gather-rules.ts';
import { code } from '../engine/relay/quote.ts';
import { redactAll } from '../engine/relay/redact.ts';
import { readRegistry } from '../engine/streams/registry.ts';
import { streamPrompt } from '../engine/streams/stream-prompt.ts';
import { type Engine, type Survey, survey } from '../engine/survey.ts';
import { redactSecrets } from '../platform/secrets.ts';
import type { Collision, PlannedStream, StreamPlan, StreamsView } from '../protocol/streams.ts';
import { findCollisions } from './streams-collisions.ts';
import { openHome } from './streams-home.ts';
import { readPlan } from './streams-plan.ts';
import { type Started, startStream, streamOf } from './streams-start.ts';
import { readStates } from './streams-states.ts';

export interface StreamsSession {
  readonly engine: Engine;
  /** Made once, where a plan is read. */
  found(): Promise<Survey>;
  warn(text: string): void;
  readonly signal: AbortSignal;
}

export function streamsSession(engine: Engine, warn: (text: string) => void, signal: AbortSignal): StreamsSession {
  let found: Promise<Survey> | undefined;
  return {
    engine,
    found: () => {
      found ??= survey(engine);
      return found;
    },
    warn,
    signal,
  };
}

export async function planOf({ engine, found }: StreamsSession, file: string): Promise<StreamPlan> {
  return readPlan(engine, file, await found());
}

/** All that there is to show: the plan where one is named, what was started, what collides. */
export async function viewStreams(
  session: StreamsSession,
  plan: string | undefined,
  collisions?: readonly Collision[],
): Promise<StreamsView> {
  const { engine, warn, signal } = session;
  const [told, met] = await Promise.all([
    plan === undefined ? undefined : planOf(session, plan),
    collisions ?? findCollisions(engine, signal).then((found) => found.collisions),
  ]);
  return { plan: told, streams: await readStates(engine, met, warn, signal), collisions: met };
}

export async function startPlanned(
  session: StreamsSession,
  file: string,
  id: string,
): Promise<Started & { readonly prompt: string }> {
  const { engine, warn, signal } = session;
  const plan = await planOf(session, file);
  const started = await startStream(engine, plan, id, warn, signal);
  return { ...started, prompt: await promptIn(session, plan, streamOf(plan, id)) };
}

export async function promptOf(session: StreamsSession, file: string, id: string): Promise<string> {
  const plan = await planOf(session, file);
  return promptIn(session, plan, streamOf(plan, id));
}

async function promptIn(session: StreamsSession, plan: StreamPlan, stream: PlannedStream): Promise<string> {
  const { engine, warn, signal } = session;
  const home = await openHome(engine.root, warn, signal);
  const there = new Set(home.worktrees.filter((worktree) => !worktree.gone).map(({ dir }) => dir));
  const running = (await readRegistry(home.store)).filter(({ worktree }) => there.has(worktree));
  const started = running.find((one) => one.id === stream.id);
  const told = streamPrompt(stream, plan, { started, running, ...(await governed(session, stream)) });
  return redactAll(told, redactSecrets);
}

async function governed(
  { engine, found }: StreamsSession,
  { footprint }: PlannedStream,
): Promise<{
  readonly rules: readonly string[];
  readonly decisions: readonly string[];
  readonly checks: readonly string[];
}> {
  const { scopes, checks } = await found();
  const { config, tree } = engine;
  const own = [...footprint.files, ...footprint.fresh];
  const rules = gatherRules(config, scopes, own.map(touched));
  const decisions = governing(readDecisions(tree, config.decisions, scopes), new Set(footprint.scopes));
  return {
    rules: [
      ...rules.map(({ text, because }) => (because === undefined ? text : `${text}, because ${code(because, 240)}`)),
      ...gatherLimits(config),
    ],
    decisions: decisions.map(({ title, date, file }) => `${date === undefined ? '' : `${date}: `}${title} [${file}]`),
    checks: checks.filter((check) => own.some((path) => check.covers(path))).map(({ id }) => id),
  };
}

/** Of what a rule may speak only the path is known before anything was changed. */
function touched(path: string): Parameters<typeof gatherRules>[2][number] {
  return {
    path,
    status: 'modified',
    from: undefined,
    scope: '',
    added: undefined,
    removed: undefined,
    uncommitted: false,
    test: false,
    made: false,
    symbols: [],
    reminders: [],
  };
}

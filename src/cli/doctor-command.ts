import type { Check } from '../engine/checks/check.ts';
import { type Engine, type Survey, survey } from '../engine/survey.ts';
import { cut, plural } from '../engine/text.ts';
import { openEngine } from '../harness/open-engine.ts';
import { createScratch } from '../platform/scratch.ts';
import { printAnswer } from './answer.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import type { Streams } from './streams.ts';

interface Health {
  readonly id: string;
  readonly state: 'ready' | 'missing' | 'broken';
  readonly evidence: string;
  readonly detail: string;
}

/** Says what was detected and whether each check's program starts. Exit status 3 where one does not. */
export async function doctorCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const engine = await openEngine(openOptions(args, streams), signal);
  const found = await survey(engine);
  const health = await Promise.all(found.checks.map((check) => examine(check, engine, signal)));
  signal.throwIfAborted();
  const ok = health.length > 0 && health.every((item) => item.state === 'ready');
  const nextActions =
    health.length === 0
      ? [{ command: 'downforce init', description: 'Nothing was detected: name the checks in downforce.jsonc.' }]
      : [{ command: 'downforce loop', description: 'Judge the present change.' }];
  printAnswer(
    {
      command: 'downforce doctor',
      ok,
      result: resultOf(engine, found, health),
      lines: linesOf(engine, found, health),
      nextActions,
    },
    args,
    streams,
  );
  return ok ? 0 : 3;
}

async function examine(check: Check, engine: Engine, signal: AbortSignal): Promise<Health> {
  const scratch = createScratch();
  const invocation = check.invoke({ kind: 'all' }, scratch.dir);
  scratch.dispose();
  const common = { id: check.id, evidence: check.evidence };
  if (invocation.kind === 'missing')
    return { ...common, state: 'missing', detail: `${invocation.program}: ${invocation.hint}` };
  if (invocation.kind === 'nothing') return { ...common, state: 'ready', detail: invocation.reason };
  const program = invocation.argv[0];
  const outcome = await engine.processes.run(
    { argv: [program, versionFlag(program)], cwd: engine.absolute(check.cwd), timeoutMs: 20_000, maxBytes: 64_000 },
    signal,
  );
  if (outcome.kind === 'exited' && outcome.code === 0) {
    const said = cut(outcome.stdout.trim().split('\n')[0] ?? '', 60);
    return { ...common, state: 'ready', detail: `${program}${said === '' ? '' : ` (${said})`}` };
  }
  const why =
    outcome.kind === 'missing'
      ? outcome.message
      : outcome.kind === 'exited'
        ? `exits ${outcome.code} on ${versionFlag(program)}`
        : outcome.kind;
  return { ...common, state: 'broken', detail: `${program}: ${why}` };
}

function versionFlag(program: string): string {
  return /(^|[\\/])go(\.exe)?$/.test(program) ? 'version' : '--version';
}

function resultOf(engine: Engine, found: Survey, health: readonly Health[]): unknown {
  const { change, scopes } = found;
  return {
    root: engine.root,
    version: engine.version,
    base: change.baseName ?? null,
    operation: change.operation ?? null,
    files: engine.tree.paths.length,
    scopes: scopes.scopes.map(({ id, root, dependsOn }) => ({ id, root, depends_on: dependsOn })),
    checks: health,
    unanalysed: unanalysed(found),
  };
}

function unanalysed({ graph }: Survey): string[] {
  return graph.paths.flatMap((path, index) => {
    const reason = graph.unanalysed(index);
    return reason === undefined ? [] : [`${path}: ${reason}`];
  });
}

const SIGN = { ready: '✓', missing: '!', broken: '✗' } as const;

function linesOf(engine: Engine, found: Survey, health: readonly Health[]): readonly string[] {
  const { change, scopes } = found;
  const unread = unanalysed(found);
  return [
    `${engine.root}: ${plural(engine.tree.paths.length, 'file')}, ${plural(scopes.scopes.length, 'scope')}`,
    `base: ${change.baseName ?? 'none'}${change.operation === undefined ? '' : `; in the middle of a ${change.operation}`}`,
    ...scopes.scopes
      .slice(0, 40)
      .map(
        ({ id, root, dependsOn }) =>
          `  ${id.padEnd(24)} ${root || '.'}${dependsOn.length > 0 ? ` → ${dependsOn.join(', ')}` : ''}`,
      ),
    `checks: ${health.length === 0 ? 'none detected' : ''}`,
    ...health.map(
      (item) =>
        `  ${SIGN[item.state]} ${item.id.padEnd(24)} ${item.state === 'ready' ? '' : `${item.state}: `}${item.detail}  [${item.evidence}]`,
    ),
    ...(unread.length > 0
      ? [`not readable for imports (${unread.length}):`, ...unread.slice(0, 5).map((line) => `  ${line}`)]
      : []),
  ];
}

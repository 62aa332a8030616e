import { createHash } from 'node:crypto';
import type { Check } from '../../../src/engine/checks/check.ts';
import type { Engine, Survey } from '../../../src/engine/survey.ts';
import type { Finding } from '../../../src/protocol/finding.ts';
import { DEFAULT_SERVER_SETTINGS, type ServerOptions, type Stage } from '../../../src/protocol/lsp.ts';
import { FolderSession } from '../../../src/server/folder-session.ts';
import type { RecordedGate } from '../../../src/server/recorded-gate.ts';
import type { SessionDeps, SessionHost } from '../../../src/server/session-host.ts';
import type { StageOutcome, StageRequest } from '../../../src/server/stage.ts';

export const OPTIONS: ServerOptions = { trusted: true, settings: { ...DEFAULT_SERVER_SETTINGS, delayMs: 100 } };

export const PASSED: StageOutcome = {
  status: 'passed',
  summary: '1 passed',
  results: [],
  mutation: undefined,
  problem: undefined,
};

interface Begun {
  readonly stage: Stage;
  readonly only: readonly string[];
  readonly tree: string;
  readonly signal: AbortSignal;
  end(outcome?: StageOutcome): void;
}

/** A repository as a session sees it, whose runs end when the test says so. */
export class FakeWorld {
  tree = 'one';
  base = 'base';
  /** How long reading the repository takes. */
  openMs = 0;
  broken: Error | undefined;
  /** Of the checks that the repository has. */
  kinds: readonly Check['kind'][] = [];
  /** What a gate has said of the tree elsewhere. */
  verdict: RecordedGate | undefined;
  /** Ends a run as soon as it is told to. */
  obeys = true;
  readonly runs: Begun[] = [];
  readonly texts = new Map<string, string>();
  readonly open = new Map<string, string>();
  readonly session: FolderSession;

  constructor(options: ServerOptions = OPTIONS) {
    this.session = new FolderSession(
      { uri: 'file:///shop', dir: '/shop', name: 'shop' },
      options,
      this.#host(),
      this.#deps(),
    );
  }

  get last(): Begun {
    const last = this.runs.at(-1);
    if (last === undefined) throw new Error('nothing has run');
    return last;
  }

  #host(): SessionHost {
    return {
      publishState: () => {},
      refresh: () => {},
      openText: (path) => this.open.get(path),
      opened: (root) => root,
      log: () => {},
    };
  }

  #deps(): SessionDeps {
    return {
      open: async () => {
        const { tree, base } = this;
        await new Promise((resolve) => setTimeout(resolve, this.openMs));
        if (this.broken !== undefined) throw this.broken;
        return this.#engine(tree, base);
      },
      survey: async () => ({ checks: this.kinds.map((kind) => ({ kind }) as Check) as readonly Check[] }) as Survey,
      recordedGate: () => this.verdict,
      runStage: (engine, { stage, only }: StageRequest, _, signal) =>
        new Promise((resolve) => {
          const cancelled: StageOutcome = { ...PASSED, status: 'cancelled', summary: 'cancelled' };
          if (this.obeys) signal.addEventListener('abort', () => resolve(cancelled));
          this.runs.push({ stage, only, tree: engine.state(), signal, end: (outcome = PASSED) => resolve(outcome) });
        }),
    };
  }

  #engine(tree: string, base: string): Engine {
    const engine: Partial<Engine> = {
      root: '/shop',
      branch: 'topic',
      state: () => tree,
      digest: (text) => createHash('sha256').update(text).digest('hex'),
      change: { base, baseName: 'origin/main', head: 'head', files: [], reasons: [] },
      tree: {
        paths: [...this.texts.keys()],
        has: (path) => this.texts.has(path),
        digest: () => undefined,
        read: (path) => this.texts.get(path),
      },
    };
    return engine as Engine;
  }
}

export function finding(path: string, line: number, code = 'lint/x'): Finding {
  return {
    code,
    severity: 'error',
    path,
    range: { start: { line, column: 1 }, end: { line, column: 4 } },
    message: 'no',
    scope: '',
    fingerprint: `${code}${path}${line}`,
  };
}

export function result(
  id: string,
  status: 'pass' | 'fail',
  findings: readonly Finding[] = [],
  kind: 'guard' | 'lint' | 'mutation' = 'guard',
): StageOutcome['results'][number] {
  const check = { id, kind, tool: 'downforce', scope: '' };
  return { check, outcome: { status, findings, examined: 1 }, durationMs: 1, distance: 0, cached: false };
}

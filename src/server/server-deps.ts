import type { Engine } from '../engine/survey.ts';
import type { WaiveParams } from '../protocol/lsp.ts';
import type { SessionDeps } from './session-host.ts';

/** What the server needs of the harness beside sessions' own needs. */
export interface ServerDeps extends SessionDeps {
  /** Absolute path of the docs, as a URI or URL. */
  readonly docs: string;
  /** A person's word; the file it went to. */
  waive(engine: Engine, params: WaiveParams): Promise<{ readonly file: string }>;
  explain(engine: Engine, what: string): Promise<string>;
}

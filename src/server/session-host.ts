import type { Engine, Survey } from '../engine/survey.ts';
import type { RecordedGate } from './recorded-gate.ts';
import type { RunStage } from './stage.ts';

export interface Folder {
  readonly uri: string;
  /** Absolute, as the editor names it. */
  readonly dir: string;
  readonly name: string;
}

export interface SessionHost {
  /** Its state changed; to be asked for when there is time to tell it. */
  publishState(): void;
  /** Something that is shown of these paths changed; all paths where undefined. */
  refresh(paths: readonly string[] | undefined): void;
  /** Text of a path as it stands in an editor; undefined where it is not open. */
  openText(path: string): string | undefined;
  /** The repository was found, or found anew; what is told of its root to the editor. */
  opened(root: string): string;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export interface SessionDeps {
  open(dir: string, warn: (message: string) => void, signal: AbortSignal): Promise<Engine>;
  survey(engine: Engine): Promise<Survey>;
  runStage: RunStage;
  /** What a gate has said of this very tree before; undefined where none has. */
  recordedGate(engine: Engine): RecordedGate | undefined;
}

import type { RawFinding } from '../../protocol/finding.ts';

export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** Text of the report files the tool was told to write, in order; empty where it wrote none. */
  readonly reports: readonly string[];
  readonly exitCode: number;
  /** Output was cut: a structured format is then not to be trusted. */
  readonly truncated: boolean;
  /** Absolute root of the repository and folder the tool ran in. */
  readonly root: string;
  readonly cwd: string;
}

export type Parsed =
  | {
      readonly kind: 'parsed';
      readonly findings: readonly RawFinding[];
      /** Units looked at (files, tests, packages); undefined where the format does not say. */
      readonly examined: number | undefined;
      /** The tool's own word that it failed, where no finding shows it (coverage threshold, unhandled rejection). */
      readonly failed?: string;
      /** Milliseconds each test file took, where the format says. */
      readonly durations?: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'unparseable'; readonly reason: string };

/** Pure; never throws. */
export type Parser = (output: ToolOutput) => Parsed;

import type { Format } from './args.ts';

export interface Streams {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stdin?: { readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute current folder. */
  readonly cwd: string;
}

/** `auto` resolved: a person on a terminal reads text, everything else JSON. */
export function formatFor(format: Format, streams: Streams): Exclude<Format, 'auto'> {
  if (format !== 'auto') return format;
  return streams.stdout.isTTY === true ? 'text' : 'json';
}

/** https://no-color.org, and FORCE_COLOR, which may also forbid. */
export function wantsColor(streams: Streams): boolean {
  const { NO_COLOR, FORCE_COLOR } = streams.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return streams.stdout.isTTY === true && streams.env['TERM'] !== 'dumb';
}

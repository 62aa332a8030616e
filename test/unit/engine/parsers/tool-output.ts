import { readFileSync } from 'node:fs';
import type { Parsed, ToolOutput } from '../../../../src/engine/checks/format.ts';
import { type FormatId, PARSERS } from '../../../../src/engine/parsers/index.ts';

export const ROOT = '/work/repo';

/** A captured output of the real tool, its root put back. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8').replaceAll('$ROOT', ROOT);
}

export function toolOutput(given: Partial<ToolOutput>): ToolOutput {
  return { stdout: '', stderr: '', reports: [], exitCode: 1, truncated: false, root: ROOT, cwd: ROOT, ...given };
}

export function parse(format: FormatId, given: Partial<ToolOutput>): Parsed {
  return PARSERS[format](toolOutput(given));
}

/** One line a finding: `severity code path:line:column-line:column message`. */
export function show(parsed: Parsed): string[] {
  if (parsed.kind === 'unparseable') return [`unparseable: ${parsed.reason}`];
  return parsed.findings.map(({ severity, code, path, range, message }) => {
    const [start, end] = [range?.start, range?.end];
    const place = range ? `:${start?.line}:${start?.column}-${end?.line}:${end?.column}` : '';
    return `${severity} ${code} ${path}${place} ${message}`;
  });
}

export function reading(parsed: Parsed): Extract<Parsed, { kind: 'parsed' }> {
  if (parsed.kind !== 'parsed') throw new Error(parsed.reason);
  return parsed;
}

import type { Range, RawFinding, Severity } from '../../protocol/finding.ts';
import type { ToolOutput } from '../checks/format.ts';
import { createPathResolver } from './paths.ts';
import { MESSAGE_LENGTH, oneLine } from './plain-text.ts';

/** 1-based, end exclusive, as far as the tool says. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

export interface Problem extends Place {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Recorder {
  readonly findings: readonly RawFinding[];
  readonly pathOf: (path: string) => string;
  add(problem: Problem): void;
}

/** Collects what a tool reports as findings; `unique` drops exact repetitions. */
export function createRecorder(output: ToolOutput, options: { readonly unique?: boolean } = {}): Recorder {
  const findings: RawFinding[] = [];
  const seen = new Set<string>();
  const pathOf = createPathResolver(output);
  // A message with the machine's own folders in it would be another finding on every machine.
  const root = output.root.replace(/[\\/]+$/, '');
  const prefixes = root === '' ? [] : [`${root}/`, `${root}\\`];
  return {
    findings,
    pathOf,
    add(problem) {
      const message = prefixes.reduce((text, prefix) => text.replaceAll(prefix, ''), problem.message);
      const finding = findingOf({ ...problem, message }, pathOf(problem.file ?? ''));
      if (options.unique) {
        const { start, end } = finding.range ?? {};
        const place = `${start?.line}:${start?.column}-${end?.line}:${end?.column}`;
        const key = `${finding.code}\n${finding.path}\n${place}\n${finding.message}`;
        if (seen.has(key)) return;
        seen.add(key);
      }
      findings.push(finding);
    },
  };
}

function findingOf(problem: Problem, path: string): RawFinding {
  const { code, severity, data, file } = problem;
  const range = path === '' ? undefined : rangeOf(problem);
  const isOutside = path === '' && file !== undefined && file !== '';
  const message = isOutside ? withPlace(problem.message, ` (in ${placeText(problem)})`) : oneLine(problem.message);
  const given = Object.entries(data ?? {}).filter(([, value]) => value !== undefined);
  return {
    code,
    severity,
    path,
    ...(range === undefined ? {} : { range }),
    message,
    ...(given.length === 0 ? {} : { data: Object.fromEntries(given) }),
  };
}

/** A range is empty where the tool names only a point. */
function rangeOf({ line, column, endLine, endColumn }: Place): Range | undefined {
  if (line === undefined || !Number.isInteger(line) || line < 1) return undefined;
  const start = { line, column: countable(column) ? column : 1 };
  if (!countable(endColumn)) return { start, end: { ...start } };
  const end = { line: countable(endLine) ? endLine : line, column: endColumn };
  const ordered = end.line > start.line || (end.line === start.line && end.column >= start.column);
  return { start, end: ordered ? end : { ...start } };
}

function countable(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1;
}

function withPlace(message: string, place: string): string {
  return oneLine(`${oneLine(message, MESSAGE_LENGTH - Math.min(place.length, MESSAGE_LENGTH / 2))}${place}`);
}

function placeText({ file, line, column }: Place): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

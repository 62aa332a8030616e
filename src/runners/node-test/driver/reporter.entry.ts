/* A reporter of node:test that writes down what each test did, there before the next one begins. */
import { appendFileSync } from 'node:fs';
import { REPORT_VARIABLE, type Reported, type ReportJob } from './report.ts';

interface Event {
  readonly type: string;
  readonly data?: {
    readonly name: string;
    readonly nesting: number;
    readonly skip?: string | boolean;
    readonly todo?: string | boolean;
    readonly details?: {
      readonly duration_ms?: number;
      readonly type?: string;
      readonly error?: { readonly message?: string; readonly cause?: unknown };
    };
  };
}

export default async function* report(events: AsyncIterable<Event>): AsyncGenerator<string> {
  const { report: file, bail } = JSON.parse(process.env[REPORT_VARIABLE] ?? '{}') as ReportJob;
  const path: string[] = [];
  for await (const event of events) {
    if (event.type === 'test:start' && event.data !== undefined) {
      path.length = event.data.nesting;
      path.push(event.data.name);
    }
    const reported = readEvent(event, path);
    if (reported === undefined) continue;
    appendFileSync(file, `${JSON.stringify(reported)}\n`);
    if (bail && reported.status === 'fail') process.exit(1);
  }
  yield '';
}

function readEvent({ type, data }: Event, path: readonly string[]): Reported | undefined {
  if (data === undefined || (type !== 'test:pass' && type !== 'test:fail')) return undefined;
  // What is yet to be done may fail.
  const isExcused = data.todo !== undefined && data.todo !== false;
  const isSkipped = data.skip !== undefined && data.skip !== false;
  const { details } = data;
  const error = type === 'test:fail' ? details?.error : undefined;
  return {
    path: [...path.slice(0, data.nesting), data.name],
    isSuite: details?.type === 'suite',
    status: isSkipped || isExcused ? 'skip' : type === 'test:pass' ? 'pass' : 'fail',
    ms: details?.duration_ms ?? 0,
    ...(error === undefined ? {} : { message: messageOf(error) }),
  };
}

function messageOf(error: { readonly message?: string; readonly cause?: unknown }): string {
  const { cause } = error;
  return String((cause instanceof Error ? cause.message : cause) ?? error.message);
}

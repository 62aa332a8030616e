import type { Parser } from '../checks/format.ts';
import { lastLines } from './plain-text.ts';
import { createRecorder } from './recorder.ts';
import { conclude, guard } from './verdict.ts';

const LINES = 3;

/** For tools that say nothing but by their exit status: it alone is the verdict, cut output or not. */
export const parseExitCode: Parser = (output) => guarded({ ...output, truncated: false });

const guarded = guard('exit-code', (output) => {
  const recorder = createRecorder(output);
  if (output.exitCode !== 0) {
    const errors = lastLines(output.stderr, LINES);
    const said = errors.length > 0 ? errors : lastLines(output.stdout, LINES);
    const message = `exited with ${output.exitCode}${said.length > 0 ? `: ${said.join(' | ')}` : ''}`;
    recorder.add({ code: 'check/failed', severity: 'error', message, data: { exitCode: output.exitCode } });
  }
  return conclude(output, recorder, undefined);
});

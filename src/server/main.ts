import { setPriority } from 'node:os';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { explainCheck, explainCode, explainPath } from '../engine/report/explain.ts';
import { survey } from '../engine/survey.ts';
import { openEngine } from '../harness/open-engine.ts';
import { writeWaiver } from '../harness/write-waiver.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { recordedGate } from './recorded-gate.ts';
import { runStage } from './run-stage.ts';
import { startServer } from './start-server.ts';

const LOW = 10;
const DOCS = 'https://github.com/downforce/downforce/blob/main/docs/findings.md';

try {
  // What runs in the background must not be felt; what it starts inherits this.
  setPriority(LOW);
} catch {
  // Not allowed here; then at the usual priority.
}

const connection = createConnection(ProposedFeatures.all);
startServer(connection, {
  docs: DOCS,
  open: (dir, warn, signal) => openEngine({ dir, base: undefined, configFile: undefined, warn }, signal),
  survey,
  recordedGate,
  runStage: oneAtATime(runStage),
  waive: (engine, { id, reason }) => writeWaiver(engine, { id, reason, as: undefined }),
  explain: async (engine, what) => {
    const found = await survey(engine);
    const check = found.checks.find(({ id }) => id === what);
    const told =
      explainCode(what) ?? (check === undefined ? explainPath(what, found) : explainCheck(check, found, '<scratch>'));
    return told === undefined ? '' : [told.subject, ...told.lines].join('\n');
  },
});

import type { Parser, ToolOutput } from '../checks/format.ts';
import { testMessage } from './failure-text.ts';
import { readDiagnostics } from './go-diagnostics.ts';
import { createGoFolders } from './go-packages.ts';
import { parentTests, readTestText } from './go-test-text.ts';
import { readLines } from './json.ts';
import { lastLines, oneLine } from './plain-text.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { isFields, ShapeError, textOf } from './shape.ts';
import { conclude, guard } from './verdict.ts';

interface Unit {
  readonly package: string;
  readonly test: string | undefined;
  text: string;
  outcome: string | undefined;
  failedBuild: boolean;
}

interface Run {
  /** By package and test. */
  readonly units: Map<string, Unit>;
  builds: string;
  events: number;
}

const MAX_TEXT = 200_000;

/** `go test -json ./...`, with the text of go.mod as the first report. */
export const parseGoJson: Parser = guard('go-json', (output) => {
  const run = readRun(output);
  if (run.events === 0) throw new ShapeError('there is no event of `go test -json` in the output');
  const recorder = createRecorder(output, { unique: true });
  // Before Go 1.24 build failures went to stderr as plain text.
  for (const problem of readDiagnostics(`${run.builds}\n${output.stderr}`, 'build/error')) recorder.add(problem);
  const units = [...run.units.values()];
  addTests(recorder, units, output);
  addPackages(recorder, units);
  const examined = units.filter(({ test, outcome }) => test !== undefined && outcome !== 'skip').length;
  return conclude(output, recorder, examined);
});

function readRun(output: ToolOutput): Run {
  const run: Run = { units: new Map(), builds: '', events: 0 };
  for (const { value } of readLines(output.stdout)) {
    const action = isFields(value) ? textOf(value['Action']) : undefined;
    if (!isFields(value) || action === undefined) continue;
    run.events++;
    const text = textOf(value['Output']) ?? '';
    if (action === 'build-output') run.builds += text;
    const name = textOf(value['Package']);
    if (name === undefined) continue;
    const unit = unitOf(run, name, textOf(value['Test']));
    if (action === 'output' && unit.text.length < MAX_TEXT) unit.text += text;
    if (action === 'fail' || action === 'pass' || action === 'skip') unit.outcome = action;
    if (textOf(value['FailedBuild']) !== undefined) unit.failedBuild = true;
  }
  return run;
}

function unitOf(run: Run, name: string, test: string | undefined): Unit {
  const key = `${name}\n${test ?? ''}`;
  const known = run.units.get(key);
  if (known) return known;
  const unit: Unit = { package: name, test, text: '', outcome: undefined, failedBuild: false };
  run.units.set(key, unit);
  return unit;
}

function addTests(recorder: Recorder, units: readonly Unit[], output: ToolOutput): void {
  const folderOf = createGoFolders(output.cwd, output.reports[0]);
  const failed = units.filter(({ test, outcome }) => test !== undefined && outcome === 'fail');
  const explained = new Set(
    failed.flatMap((unit) => parentTests(unit.test ?? '').map((test) => `${unit.package}\n${test}`)),
  );
  for (const { package: name, test = '', text } of failed) {
    if (explained.has(`${name}\n${test}`)) continue;
    const { reason, ...place } = readTestText(text, folderOf(name), recorder.pathOf);
    const message = testMessage(test, reason);
    recorder.add({ code: 'test/failed', severity: 'error', message, ...place, data: { test, package: name } });
  }
}

/** Packages that failed without a failing test: an exit in TestMain, a panic in an init, a missing folder. */
function addPackages(recorder: Recorder, units: readonly Unit[]): void {
  const withFailure = new Set(
    units.filter(({ test, outcome }) => test && outcome === 'fail').map((unit) => unit.package),
  );
  for (const unit of units) {
    if (unit.test !== undefined || unit.outcome !== 'fail' || withFailure.has(unit.package)) continue;
    if (unit.failedBuild && recorder.findings.length > 0) continue;
    const said = lastLines(unit.text, 3).filter((line) => !/^(?:FAIL|PASS)$/.test(line));
    const message = testMessage(unit.package, oneLine(said.join(' ')));
    recorder.add({ code: 'test/suite-error', severity: 'error', message, data: { package: unit.package } });
  }
}

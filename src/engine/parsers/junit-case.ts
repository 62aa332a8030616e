import type { ToolOutput } from '../checks/format.ts';
import { failureReason, testMessage } from './failure-text.ts';
import { createGoFolders } from './go-packages.ts';
import { readTestText } from './go-test-text.ts';
import { isDependency } from './paths.ts';
import type { Place, Problem } from './recorder.ts';
import type { Fields } from './shape.ts';
import { firstFrame } from './stack.ts';
import { attributeOf, contentOf } from './xml-text.ts';

export interface CaseFailure {
  readonly test: Fields;
  readonly suite: Fields;
  readonly failure: unknown;
  readonly output: ToolOutput;
}

type Resolve = (path: string) => string;

const SOURCE_FILE = /\.(?:[cm]?[jt]sx?|py|rb|php|go|rs)$/;
const SCRIPT = /\.[cm]?[jt]sx?$/;
const JAVA_FRAME = /\(((\w+)\.(?:java|kt|groovy|scala):\d+)\)/g;
const PYTHON_FRAME = /^(\S[^:\n]{0,400}\.py):(\d+): /gm;
const EMPTY_WORDS = /^(?:Failed|collection failure|failed on (?:setup|teardown).*)?$/;

export function problemOfCase(given: CaseFailure, pathOf: Resolve): Problem {
  const { test, suite, failure, output } = given;
  const [name, text] = [nameOf(test, suite), contentOf(failure)];
  const message = typeof failure === 'object' ? (attributeOf(failure as Fields, 'message') ?? '') : '';
  const file = fileOfCase(test, suite);
  const go = text.startsWith('=== RUN') ? readGo(text, test, output, pathOf) : undefined;
  const place = go ?? textPlace(text, pathOf) ?? declaredPlace(test, suite, file);
  const isWhole = message === 'collection failure' || isWholeFile(test, suite);
  const reason = go?.reason ?? `${reasonOf(message, text)}${place.file === undefined ? javaPlace(test, text) : ''}`;
  return {
    code: isWhole ? 'test/suite-error' : 'test/failed',
    severity: 'error',
    message: testMessage(name, reason),
    ...place,
    data: { test: name, file: file === undefined ? undefined : pathOf(file) },
  };
}

/** Vitest tells what is wrong with a file as a test named like the file. */
export function isWholeFile(test: Fields, suite: Fields): boolean {
  const name = attributeOf(test, 'name');
  return name !== undefined && name === attributeOf(test, 'classname') && name === fileOfCase(test, suite);
}

/** Vitest puts the file into `classname`, others into `file`, of the test or of its suite. */
export function fileOfCase(test: Fields, suite: Fields): string | undefined {
  const stated = attributeOf(test, 'file') ?? attributeOf(test, 'filepath') ?? attributeOf(suite, 'file');
  const owner = attributeOf(test, 'classname');
  return stated ?? (owner?.includes('/') && SOURCE_FILE.test(owner) ? owner : undefined);
}

function nameOf(test: Fields, suite: Fields): string {
  const name = attributeOf(test, 'name') ?? 'unnamed test';
  const owner = attributeOf(test, 'classname');
  if (owner === undefined || owner === 'test' || owner === fileOfCase(test, suite) || name.startsWith(owner))
    return name;
  return /\s/.test(owner) || SCRIPT.test(fileOfCase(test, suite) ?? '') ? `${owner} > ${name}` : `${owner}.${name}`;
}

function reasonOf(message: string, text: string): string {
  if (!EMPTY_WORDS.test(message.split('\n')[0] ?? '')) return failureReason(message);
  // pytest marks the lines that say why with an E.
  const why = /^E {3,}(\S.*)$/m.exec(text)?.[1];
  return failureReason(why ?? (text.trim() || message));
}

function readGo(
  text: string,
  test: Fields,
  output: ToolOutput,
  pathOf: Resolve,
): (Place & { reason: string }) | undefined {
  const folder = createGoFolders(output.cwd, undefined)(attributeOf(test, 'classname') ?? '');
  return readTestText(text, folder, pathOf);
}

/** The deepest Python frame of the project, or the first JavaScript one: each prints its stack its own way round. */
function textPlace(text: string, pathOf: Resolve): Place | undefined {
  const frames = [...text.slice(-40_000).matchAll(PYTHON_FRAME)].reverse();
  const python = frames.find(([, file = '']) => !isDependency(file) && pathOf(file) !== '');
  if (python) return { file: python[1], line: Number(python[2]) };
  return firstFrame(text, pathOf);
}

/** Java's frames name no folder: the place goes into the message. */
function javaPlace(test: Fields, text: string): string {
  const owner = /(\w+)(?:\$\w+)*$/.exec(attributeOf(test, 'classname') ?? '')?.[1];
  const frame = [...text.slice(0, 40_000).matchAll(JAVA_FRAME)].find((match) => match[2] === owner);
  return frame ? ` (${frame[1]})` : '';
}

function declaredPlace(test: Fields, suite: Fields, file: string | undefined): Place {
  const line = attributeOf(test, 'line') ?? attributeOf(test, 'lineno');
  if (line === undefined || !/^\d{1,9}$/.test(line)) return { file };
  // pytest counts this one from zero.
  return { file, line: Number(line) + (attributeOf(suite, 'name') === 'pytest' ? 1 : 0) };
}

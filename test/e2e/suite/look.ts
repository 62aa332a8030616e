import { strict as assert } from 'node:assert';
import { type Diagnostic, extensions, languages, Uri, workspace } from 'vscode';
import type { DownforceApi } from '../../../src/client/extension.ts';
import type { FolderState, StageState } from '../../../src/protocol/lsp.ts';

const WAIT_MS = 30_000;

/** The folder that the host was opened with. */
export function folder(index = 0): { readonly dir: string; readonly uri: string } {
  const found = workspace.workspaceFolders?.[index];
  assert.ok(found, 'no workspace folder');
  return { dir: found.uri.fsPath, uri: found.uri.toString() };
}

export async function state(index = 0): Promise<FolderState | undefined> {
  const extension = extensions.getExtension<DownforceApi>('downforce.downforce');
  assert.ok(extension, 'the extension is not there');
  const api = await extension.activate();
  return api.state(folder(index).uri);
}

/** Waits until something is as it should be; says what it was last. */
export async function until<T>(
  what: string,
  look: () => Promise<T> | T,
  holds: (value: T) => boolean,
  ms = WAIT_MS,
): Promise<T> {
  const deadline = Date.now() + ms;
  let last = await look();
  while (!holds(last)) {
    if (Date.now() > deadline)
      throw new Error(`${what}: not within ${ms} ms; last: ${JSON.stringify(last)?.slice(0, 3000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    last = await look();
  }
  return last;
}

export function diagnostics(path: string, index = 0): readonly Diagnostic[] {
  const uri = Uri.joinPath(Uri.parse(folder(index).uri), path);
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'downforce');
}

export function codes(path: string, index = 0): readonly string[] {
  return diagnostics(path, index).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

export function untilCodes(path: string, expected: readonly string[], index = 0): Promise<readonly string[]> {
  return until(
    `diagnostics of ${path} to be ${expected.join(', ') || 'none'}`,
    async () => [...codes(path, index), JSON.stringify(summary(await state(index)))],
    (found) => found.slice(0, -1).join() === expected.join(),
  );
}

function summary(told: FolderState | undefined): unknown {
  if (told === undefined) return 'no state';
  const stages = Object.entries(told.stages).map(([name, { status, summary: said, problem }]) => [
    name,
    status,
    said,
    problem?.message,
  ]);
  return { stages, problem: told.problem, blocking: told.blocking };
}

/** Until a stage has ended with this status. */
export function untilStage(
  stage: 'loop' | 'mutate' | 'gate',
  status: StageState['status'],
  index = 0,
): Promise<FolderState | undefined> {
  return until(
    `${stage} to be ${status}`,
    () => state(index),
    (told) => told?.stages[stage].status === status,
  );
}

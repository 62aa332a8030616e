import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Range, type Uri, WorkspaceEdit, workspace } from 'vscode';

/** As an agent in a terminal does it: another process writes the file. */
export function writeElsewhere(dir: string, path: string, text: string): void {
  const script = "require('fs').writeFileSync(process.argv[1], process.argv[2])";
  const { status } = spawnSync('node', ['-e', script, join(dir, path), text]);
  assert.equal(status, 0);
}

export async function edit(uri: Uri, range: Range, text: string): Promise<void> {
  const change = new WorkspaceEdit();
  change.replace(uri, range, text);
  assert.ok(await workspace.applyEdit(change));
}

/** Servers of this extension host. */
export function serverPids(): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && args.join(' ').includes('server-main.mjs') ? [Number(pid)] : [];
  });
}

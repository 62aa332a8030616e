import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CODE_SERVER = '4.139.1';
const ROOT = join(import.meta.dirname, '..', '..');
const HOME = join(ROOT, '.vscode-test', 'server');
const VSCODE = join(HOME, 'node_modules', 'code-server', 'lib', 'vscode');
const MAIN = join(VSCODE, 'out', 'server-main.js');

/** The VS Code server that an npm package carries: the real extension host and workbench, without a download server. */
export interface VscodeServer {
  readonly port: number;
  /** Address of the workbench with a folder or workspace file open. */
  url(folder: string, payload?: readonly (readonly [string, string])[]): string;
  stop(): void;
}

/** Installs it once, into a folder that git ignores. @throws where npm cannot. */
export function installVscodeServer(): void {
  if (existsSync(join(VSCODE, 'node_modules', '@vscode')) && existsSync(MAIN)) return;
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, 'package.json'), '{"private":true}\n');
  npm(HOME, 'install', '--ignore-scripts', '--no-audit', '--no-fund', `code-server@${CODE_SERVER}`);
  npm(VSCODE, 'install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund');
}

function npm(cwd: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr.slice(-2000)}`);
}

export interface ServerStart {
  /** A packaged extension to be installed first. */
  readonly vsix?: string;
  /** Leave it out to meet an untrusted workspace. */
  readonly trusted: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export async function startVscodeServer({ vsix, trusted, settings = {} }: ServerStart): Promise<VscodeServer> {
  const home = mkdtempSync(join(tmpdir(), 'downforce-vscode-'));
  const port = await freePort();
  const folders = ['user', 'server', 'extensions'].map((name) => join(home, name));
  const [user = '', server = '', extensions = ''] = folders;
  mkdirSync(join(server, 'data', 'Machine'), { recursive: true });
  mkdirSync(join(user, 'Machine'), { recursive: true });
  for (const file of [join(server, 'data', 'Machine', 'settings.json'), join(user, 'Machine', 'settings.json')])
    writeFileSync(file, JSON.stringify({ ...QUIET, ...settings }));
  const where = ['--user-data-dir', user, '--server-data-dir', server, '--extensions-dir', extensions];
  if (vsix !== undefined) install(vsix, where);
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--without-connection-token',
    '--accept-server-license-terms',
  ];
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  const child = spawn(
    process.execPath,
    [MAIN, ...args, '--enable-smoke-test-driver', '--telemetry-level', 'off', ...trust, ...where],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  await untilUp(port, child);
  return {
    port,
    url: (folder, payload) => urlOf(port, folder, payload),
    stop: () => {
      if (child.pid !== undefined) killGroup(child.pid);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
};

function install(vsix: string, where: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, '--install-extension', vsix, ...where], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`the .vsix cannot be installed: ${stdout}${stderr}`);
}

function urlOf(port: number, folder: string, payload: readonly (readonly [string, string])[] = []): string {
  const remote = payload.map(([name, path]) => [name, `vscode-remote://127.0.0.1:${port}${path}`]);
  const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const more = remote.length === 0 ? '' : `&payload=${encodeURIComponent(JSON.stringify(remote))}`;
  return `http://127.0.0.1:${port}/?${kind}=${encodeURIComponent(folder)}${more}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function untilUp(port: number, child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const up = await fetch(`http://127.0.0.1:${port}/version`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  if (child.pid !== undefined) killGroup(child.pid);
  throw new Error(`the VS Code server did not come up: ${said.slice(-2000)}`);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';

const ROOT = join(import.meta.dirname, '..', '..');
const RELEASES = 'https://update.code.visualstudio.com/api/releases/stable';

/** Where the suite runs: a VS Code for the desktop, or its server with a workbench in a browser. */
export type Host =
  | { readonly kind: 'electron'; readonly says: string; readonly executable: string }
  | { readonly kind: 'server'; readonly says: string };

export interface HostNeeds {
  /** Whether VS Code can be downloaded. */
  canDownload(): Promise<boolean>;
  download(): Promise<string>;
  hasDisplay(): boolean;
}

const NEEDS: HostNeeds = {
  canDownload: () =>
    fetch(RELEASES, { signal: AbortSignal.timeout(5000) }).then(
      (answer) => answer.ok,
      () => false,
    ),
  download: () => downloadAndUnzipVSCode({ version: 'stable', cachePath: join(ROOT, '.vscode-test') }),
  hasDisplay: () => process.platform !== 'linux' || (process.env['DISPLAY'] ?? '') !== '',
};

/** The desktop's VS Code where it can be had and shown, else the server's, which npm has. */
export async function chooseHost(needs: HostNeeds = NEEDS): Promise<Host> {
  const why = !needs.hasDisplay() ? 'there is no display' : await lacksDownload(needs);
  if (why === undefined) {
    const executable = await needs.download();
    return { kind: 'electron', says: `VS Code: @vscode/test-electron, ${executable}`, executable };
  }
  return { kind: 'server', says: `VS Code: the server of code-server 4.139.1 in headless Chromium (${why})` };
}

async function lacksDownload(needs: HostNeeds): Promise<string | undefined> {
  return (await needs.canDownload()) ? undefined : 'VS Code cannot be downloaded here';
}

/** Absolute paths. */
export interface Suite {
  readonly extension: string;
  /** Module with the tests, for the extension host. */
  readonly tests: string;
  readonly folder: string;
  readonly trusted: boolean;
}

/** Runs the suite in the desktop's VS Code; what it told is in the results file, whatever the exit status. */
export async function runInElectron({ executable }: Host & { kind: 'electron' }, suite: Suite): Promise<void> {
  const trust = suite.trusted ? ['--disable-workspace-trust'] : [];
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: suite.extension,
    extensionTestsPath: suite.tests,
    launchArgs: [suite.folder, '--disable-extensions', ...trust],
  }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  });
}

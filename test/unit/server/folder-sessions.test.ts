import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection, PublishDiagnosticsParams } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine, Survey } from '../../../src/engine/survey.ts';
import { FolderSessions } from '../../../src/server/folder-sessions.ts';
import { finding, OPTIONS, PASSED, result } from './fake-session.ts';

const PATH = 'app/[id]/+page.ts';
const AS_EDITOR = 'file:///shop/app/%5Bid%5D/%2Bpage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An editor with folders open, in whose one repository every loop finds one thing. */
async function open(...folders: readonly string[]) {
  const sent: PublishDiagnosticsParams[] = [];
  let folderListener: (event: unknown) => void = () => {};
  const connection = {
    sendDiagnostics: (params: PublishDiagnosticsParams) => sent.push(params),
    sendNotification: () => {},
    console: { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} },
    client: { register: () => {} },
    workspace: {
      onDidChangeWorkspaceFolders: (listener: (event: unknown) => void) => {
        folderListener = listener;
      },
    },
  };
  const runs: string[] = [];
  const sessions = new FolderSessions(connection as unknown as Connection, {
    docs: 'docs',
    open: async () => repository(),
    recordedGate: () => undefined,
    survey: async () => ({ checks: [] as Survey['checks'] }) as Survey,
    runStage: async (_, { stage }) => {
      runs.push(stage);
      return { ...PASSED, status: 'failed', results: [result('changed-tests', 'fail', [finding(PATH, 2)])] };
    },
    waive: async () => ({ file: '' }),
    explain: async () => '',
  });
  sessions.setOptions(OPTIONS);
  sessions.setFolders(folders.map((uri) => ({ uri, name: uri })));
  sessions.watchFolders();
  await vi.advanceTimersByTimeAsync(200);
  const last = (uri: string): PublishDiagnosticsParams | undefined => sent.findLast((params) => params.uri === uri);
  return { sessions, sent, last, runs, remove: (uri: string) => folderListener({ removed: [{ uri }], added: [] }) };
}

function repository(): Engine {
  const engine: Partial<Engine> = {
    root: '/shop',
    state: () => 'tree',
    digest: (text) => text,
    change: { base: 'base', baseName: 'main', head: 'head', files: [], reasons: [] },
    tree: { paths: [], has: () => false, digest: () => undefined, read: () => 'one\ntwo' },
  };
  return engine as Engine;
}

describe('what goes to the editor', () => {
  it('follows unsaved text, however the editor writes the address of the file', async () => {
    const { sessions, last } = await open('file:///shop');
    sessions.typed(TextDocument.create(AS_EDITOR, 'typescript', 7, 'new\none\ntwo'));
    await vi.advanceTimersByTimeAsync(10);
    expect(last(AS_EDITOR)).toMatchObject({ version: 7, diagnostics: [{ range: { start: { line: 2 } } }] });
  });

  it('is said once where two folders are of one repository, and stays when one of them goes', async () => {
    const { sessions, last, remove } = await open('file:///shop', 'file:///shop/app');
    sessions.typed(TextDocument.create(AS_EDITOR, 'typescript', 1, 'one\ntwo'));
    await vi.advanceTimersByTimeAsync(10);
    expect(last(AS_EDITOR)?.diagnostics).toHaveLength(1);
    remove('file:///shop/app');
    await vi.advanceTimersByTimeAsync(10);
    expect(last(AS_EDITOR)?.diagnostics).toHaveLength(1);
    remove('file:///shop');
    await vi.advanceTimersByTimeAsync(10);
    expect(last(AS_EDITOR)?.diagnostics).toEqual([]);
  });

  it('is nothing of documents that are in no folder', async () => {
    const { sessions, sent } = await open('file:///shop');
    const before = sent.length;
    sessions.typed(TextDocument.create('file:///shop2/a.ts', 'typescript', 1, ''));
    sessions.typed(TextDocument.create('untitled:Untitled-1', 'typescript', 1, ''));
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(before);
  });
});

describe('a change on disk', () => {
  it.each([
    ['in the folder', 'file:///shop/a%20b/%C3%BC%23.ts', true],
    ['of the branch', 'file:///shop/.git/HEAD', true],
    ['of git objects', 'file:///shop/.git/objects/ab/cd', false],
    ['of packages', 'file:///shop/node_modules/x/index.js', false],
    ['elsewhere', 'file:///shop2/a.ts', false],
    ['of no address', 'file:///shop/%E0%A4%A', false],
  ])('%s', async (_, uri, looks) => {
    const { sessions } = await open('file:///shop');
    const session = sessions.session('file:///shop');
    const look = vi.spyOn(session ?? { lookAgain: () => {} }, 'lookAgain');
    sessions.filesChanged([uri]);
    expect(look).toHaveBeenCalledTimes(looks ? 1 : 0);
  });
});

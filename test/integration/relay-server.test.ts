import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import {
  createConnection,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { survey } from '../../src/engine/survey.ts';
import { openEngine } from '../../src/harness/open-engine.ts';
import type { Problem, RequestOf } from '../../src/protocol/lsp.ts';
import {
  AskForDraft,
  CurateRelay,
  type Curation,
  Decide,
  GetRelay,
  type RelayView,
  TakeRelay,
} from '../../src/protocol/relay.ts';
import { runStage } from '../../src/server/run-stage.ts';
import { startServer } from '../../src/server/start-server.ts';
import { createChecked, script } from './checked.ts';
import { createWork, type Repository, temporaryFolder } from './repository.ts';

interface Editor {
  readonly uri: string;
  readonly stale: string[];
  ask<P extends object, R>(request: RequestOf<P, R>, params: Omit<P, 'uri'>): Promise<R>;
  notify(method: string, params: unknown): Promise<void>;
}

/** The server over a real repository, in this process; no folder is trusted. */
async function open(dir: string): Promise<Editor> {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  startServer(server, {
    docs: '',
    open: (folder, warn, signal) => openEngine({ dir: folder, base: undefined, configFile: undefined, warn }, signal),
    survey,
    recordedGate: () => undefined,
    runStage,
    waive: async () => ({ file: '' }),
    explain: async () => '',
  });
  const client: MessageConnection = createMessageConnection(
    new StreamMessageReader(back),
    new StreamMessageWriter(there),
  );
  const stale: string[] = [];
  client.onNotification('downforce/relayStale', ({ uri }: { uri: string }) => {
    stale.push(uri);
  });
  client.listen();
  const uri = pathToFileURL(dir).href;
  const settings = { loop: false, mutate: false };
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: uri,
    capabilities: {},
    initializationOptions: { trusted: false, settings },
  });
  await client.sendNotification('initialized', {});
  onTestFinished(async () => {
    await client.sendRequest('shutdown');
    client.dispose();
  });
  return {
    uri,
    stale,
    ask: (request, params) => client.sendRequest(request.method, { uri, ...params }),
    notify: (method, params) => client.sendNotification(method, params),
  };
}

function viewOf(answer: RelayView | { readonly problem: Problem } | undefined): RelayView {
  if (answer === undefined) throw new Error('no answer');
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer;
}

function sample(): Repository {
  return createChecked({ 'test:a': script("require('node:fs').writeFileSync('ran', '')") });
}

test('a hand-off without trust: read, curated, edited, taken, compared; nothing of the repository runs', async () => {
  const repository = sample();
  const editor = await open(repository.dir);
  const first = viewOf(await editor.ask(GetRelay, {}));
  expect(first.markdown).toContain('Not run on this tree: `test:a`');
  expect([first.curation.budget, first.diff]).toEqual([4000, undefined]);

  const remains = first.sections.find(({ id }) => id === 'remains');
  const curation: Curation = {
    ...first.curation,
    order: ['verify', 'stands', 'done', 'remains', 'constraints', 'look'],
    off: ['look'],
    edits: { remains: { text: 'Mend *it*.', basis: remains?.basis ?? '' } },
    draft: `- All tests pass\n- key ${['ghp', '_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('')}`,
  };
  const curated = viewOf(await editor.ask(CurateRelay, { curation }));
  expect(curated.sections[0]?.id).toBe('verify');
  expect(curated.markdown).toContain('## What remains\n\nMend *it*.');
  expect(curated.markdown).toContain('“All tests pass” [**not verified**: `test:a` was not run on this tree]');
  expect(curated.redactions).toEqual([{ kind: 'GitHub token', section: 'done', count: 1 }]);
  expect(readFileSync(repository.path('.downforce/relay/curation.json'), 'utf8')).not.toContain('ghp_');

  expect(await editor.ask(TakeRelay, {})).toEqual({ markdown: curated.markdown });
  repository.write({ 'changed.txt': '3', 'more.txt': '' });
  const again = viewOf(await editor.ask(GetRelay, {}));
  expect(again.curation).toEqual(curated.curation);
  expect(again.markdown).toContain('Mend *it*.');
  expect(again.diff).toMatch(/^\+.*2 files changed/m);
  expect(again.lastAt).toBe(JSON.parse(readFileSync(repository.path('.downforce/relay/last.json'), 'utf8')).at);
  expect(existsSync(repository.path('ran'))).toBe(false);

  const restarted = await open(repository.dir);
  expect(viewOf(await restarted.ask(GetRelay, {})).curation).toEqual(curated.curation);
});

test('of many changes at once the last stands', async () => {
  const repository = sample();
  const editor = await open(repository.dir);
  const { curation } = viewOf(await editor.ask(GetRelay, {}));
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      editor.ask(CurateRelay, {
        curation: { ...curation, draft: `- number ${index} ${'x'.repeat((20 - index) * 3000)}` },
      }),
    ),
  );
  expect(viewOf(answers[19]).markdown).toContain('number 19');
  expect(await editor.ask(TakeRelay, {})).toEqual({ markdown: viewOf(answers[19]).markdown });
  expect(JSON.parse(readFileSync(repository.path('.downforce/relay/curation.json'), 'utf8')).draft).toMatch(
    /^- number 19 /,
  );
});

test('the prompt for the session, and a decision', async () => {
  const repository = sample();
  const editor = await open(repository.dir);
  expect(await editor.ask(AskForDraft, {})).toEqual({ prompt: expect.stringContaining('branch `work`') });
  expect(await editor.ask(Decide, { text: 'Use zod', scopes: [] })).toEqual({ file: 'docs/decisions.md' });
  expect(await editor.ask(Decide, { text: ' ', scopes: [] })).toMatchObject({ problem: { code: 'decide/empty' } });
  expect(viewOf(await editor.ask(GetRelay, {})).markdown).toContain('`Use zod`');
});

test('what cannot be is a problem, not an error', async () => {
  const editor = await open(temporaryFolder());
  expect(await editor.ask(GetRelay, {})).toMatchObject({ problem: { code: 'git/none' } });
  expect(await editor.ask(TakeRelay, {})).toMatchObject({ problem: { code: 'git/none' } });
  expect(await editor.ask(GetRelay, { uri: 'file:///nowhere' })).toMatchObject({ problem: { code: 'no-folder' } });
  const fine = await open(sample().dir);
  const broken = { order: 'x' } as unknown as Curation;
  expect(await fine.ask(CurateRelay, { curation: broken })).toMatchObject({ problem: { code: 'internal' } });
});

test('says once that there is something new, and not for its own writing', async () => {
  const { dir, path } = createWork({ 'a.txt': '' });
  const editor = await open(dir);
  const changed = (name: string) =>
    editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(path(name)).href, type: 2 }] });
  await changed('a.txt');
  await editor.ask(GetRelay, {});
  await changed('.downforce/relay/curation.json');
  await changed('node_modules/x/index.js');
  expect(await editor.ask(AskForDraft, {})).toHaveProperty('prompt');
  expect(editor.stale).toEqual([]);
  writeFileSync(path('a.txt'), '1');
  await changed('a.txt');
  await changed('.downforce/reports/loop.json');
  await editor.ask(GetRelay, {});
  await changed('.downforce/reports/loop.json');
  await editor.ask(AskForDraft, {});
  expect(editor.stale).toEqual([editor.uri, editor.uri]);
});

import {
  type CancellationToken,
  type Disposable,
  l10n,
  type TestController,
  type TestItem,
  TestMessage,
  TestRunProfileKind,
  type TestRunRequest,
  tests,
  Uri,
  window,
} from 'vscode';
import { Cancel, type FolderState, type MutantState, Run } from '../protocol/lsp.ts';
import type { FolderStates } from './folder-states.ts';
import type { HarnessClient } from './harness-client.ts';
import { toRange } from './places.ts';

/** Mutants in the Testing view: under their file and function; a survivor is a failure, a dead one a pass. */
export class TestingView implements Disposable {
  readonly #controller: TestController;
  readonly #client: HarnessClient;
  readonly #listener: Disposable;
  readonly #mutants = new WeakMap<TestItem, { readonly state: FolderState; readonly mutant: MutantState }>();
  readonly #shown = new Map<string, string>();

  constructor(states: FolderStates, client: HarnessClient) {
    this.#client = client;
    this.#controller = tests.createTestController('downforce.mutants', l10n.t('Downforce mutants'));
    this.#controller.createRunProfile(
      l10n.t('Run mutants'),
      TestRunProfileKind.Run,
      (request, token) => this.#run(request, token, states),
      true,
    );
    this.#listener = states.onDidChange((state) => (state === undefined ? this.#forget(states) : this.#show(state)));
  }

  dispose(): void {
    this.#listener.dispose();
    this.#controller.dispose();
  }

  #forget(states: FolderStates): void {
    this.#controller.items.replace([]);
    this.#shown.clear();
    for (const state of states.all()) this.#show(state);
  }

  /** Only where what is to be shown differs: a run that is told again flickers. */
  #show(state: FolderState): void {
    const key = JSON.stringify(state.mutants.map(({ id, status, range }) => [id, status, range]));
    if (this.#shown.get(state.uri) === key) return;
    this.#shown.set(state.uri, key);
    const items = [...Map.groupBy(state.mutants, ({ path }) => path)].map(([path, mutants]) =>
      this.#file(state, path, mutants),
    );
    const others = [...this.#controller.items]
      .map(([, item]) => item)
      .filter((item) => !item.id.startsWith(`${state.uri}#`));
    this.#controller.items.replace([...others, ...items]);
    this.#report(state);
  }

  #file(state: FolderState, path: string, mutants: readonly MutantState[]): TestItem {
    const uri = Uri.joinPath(Uri.file(state.root), path);
    const file = this.#controller.createTestItem(`${state.uri}#${path}`, path, uri);
    for (const [symbol, own] of Map.groupBy(mutants, (mutant) => mutant.symbol)) {
      const parent = symbol === '' ? file : this.#controller.createTestItem(`${file.id}#${symbol}`, symbol, uri);
      if (parent !== file) file.children.add(parent);
      for (const mutant of own) parent.children.add(this.#mutant(state, mutant, uri));
    }
    return file;
  }

  #mutant(state: FolderState, mutant: MutantState, uri: Uri): TestItem {
    const label =
      mutant.replacement.trim() === ''
        ? l10n.t('remove {0}', mutant.original.trim())
        : `${mutant.original.trim()} → ${mutant.replacement.trim()}`;
    const item = this.#controller.createTestItem(mutant.id, label.slice(0, 120), uri);
    item.range = toRange(mutant.range);
    item.description = mutant.operator;
    this.#mutants.set(item, { state, mutant });
    return item;
  }

  #report(state: FolderState): void {
    const items = this.#leaves([...this.#controller.items].map(([, item]) => item)).filter(
      (item) => this.#mutants.get(item)?.state === state,
    );
    if (items.length === 0) return;
    const run = this.#controller.createTestRun(
      { include: items, exclude: [], profile: undefined, preserveFocus: true },
      undefined,
      false,
    );
    for (const item of items) {
      const mutant = this.#mutants.get(item)?.mutant;
      if (mutant === undefined) continue;
      if (mutant.status === 'killed' || mutant.status === 'timeout') run.passed(item);
      else if (mutant.status === 'survived') run.failed(item, survivedMessage(mutant));
      else if (mutant.status === 'error')
        run.errored(item, new TestMessage(mutant.reason ?? l10n.t('could not be judged')));
      else run.skipped(item);
    }
    run.end();
  }

  #leaves(items: readonly TestItem[]): readonly TestItem[] {
    return items.flatMap((item) =>
      item.children.size === 0 ? [item] : this.#leaves([...item.children].map(([, child]) => child)),
    );
  }

  async #run(request: TestRunRequest, token: CancellationToken, states: FolderStates): Promise<void> {
    const wanted = this.#leaves(request.include ?? []).flatMap((item) => this.#mutants.get(item) ?? []);
    const folders =
      wanted.length === 0 ? states.all().map(({ uri }) => uri) : [...new Set(wanted.map(({ state }) => state.uri))];
    for (const uri of folders) {
      if (token.isCancellationRequested) return;
      const only = wanted.filter(({ state }) => state.uri === uri).map(({ mutant }) => mutant.id);
      const cancelled = token.onCancellationRequested(() => void this.#client.ask(Cancel, { uri }));
      const { problem } = await this.#client
        .ask(Run, { uri, stage: 'mutate', only })
        .finally(() => cancelled.dispose());
      if (problem !== undefined) void window.showWarningMessage(`${problem.message} ${problem.hint}`);
    }
  }
}

function survivedMessage(mutant: MutantState): TestMessage {
  const ran = mutant.coveredBy.map(({ file, name }) => `${file} > ${name}`).join('\n');
  // Without a place of its own: the squiggle and the words after the line are there already.
  return TestMessage.diff(
    l10n.t('The mutant survived. These tests ran it and still passed:\n{0}', ran),
    mutant.original,
    mutant.replacement,
  );
}

import { commands, type Disposable, l10n, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import { GetMutant, type MutantTexts } from '../protocol/lsp.ts';
import type { HarnessClient } from './harness-client.ts';
import { MUTANT_SCHEME } from './ids.ts';
import { toRange } from './places.ts';

/** Texts of ours to look at: a mutant as what it is, a small difference beside the file as it stands; what a rule is about. */
export class MutantDocuments implements TextDocumentContentProvider, Disposable {
  readonly #client: HarnessClient;
  readonly #texts = new Map<string, string>();
  readonly #registration: Disposable;

  constructor(client: HarnessClient) {
    this.#client = client;
    this.#registration = workspace.registerTextDocumentContentProvider(MUTANT_SCHEME, this);
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async show(folder: string, id: string, root: string): Promise<void> {
    const texts = await this.#client.ask(GetMutant, { uri: folder, id });
    if (texts === null) {
      void window.showInformationMessage(
        l10n.t('The code that this mutant speaks of has changed. Run the mutants again.'),
      );
      return;
    }
    await this.#open(id, texts, root);
  }

  /** What a rule is about, in a document that nobody has to save. */
  async explain(code: string, text: string): Promise<void> {
    const uri = Uri.from({ scheme: MUTANT_SCHEME, path: `/${code}.md`, query: 'explained' });
    this.#texts.set(uri.toString(), text);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#texts.clear();
  }

  async #open(id: string, { path, original, mutated, range }: MutantTexts, root: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    const left = Uri.from({ scheme: MUTANT_SCHEME, path: `/${path}`, query: `${id}&original` });
    const right = Uri.from({ scheme: MUTANT_SCHEME, path: `/${path}`, query: `${id}&mutant` });
    this.#texts.set(left.toString(), original);
    this.#texts.set(right.toString(), mutated);
    const title = l10n.t('{0}: as it is ↔ mutant {1}', name, id);
    const real = Uri.joinPath(Uri.file(root), path);
    const own = await workspace.openTextDocument(real).then(
      (document) => (document.getText() === original ? real : left),
      () => left,
    );
    await commands.executeCommand('vscode.diff', own, right, title, { selection: toRange(range), preview: true });
  }
}

import { type Disposable, l10n, type TextEditor, type TextEditorDecorationType, ThemeColor, Uri, window } from 'vscode';
import type { FolderState, MutantState } from '../protocol/lsp.ts';
import type { FolderStates } from './folder-states.ts';
import { toRange } from './places.ts';
import { clientSettings } from './settings.ts';

/** Faded words after the line of a survivor: a second sign beside the squiggle. */
export class InlineText implements Disposable {
  readonly #states: FolderStates;
  readonly #type: TextEditorDecorationType;
  readonly #listeners: readonly Disposable[];

  constructor(states: FolderStates) {
    this.#states = states;
    this.#type = window.createTextEditorDecorationType({
      after: { color: new ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 2em', fontStyle: 'italic' },
    });
    this.#listeners = [
      states.onDidChange(() => this.update()),
      window.onDidChangeVisibleTextEditors(() => this.update()),
    ];
  }

  update(): void {
    for (const editor of window.visibleTextEditors) this.#decorate(editor);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#type.dispose();
  }

  #decorate(editor: TextEditor): void {
    const { uri } = editor.document;
    if (uri.scheme !== 'file') return;
    const wanted = clientSettings(uri).inlineText ? this.#states.all().flatMap((state) => mutantsOf(state, uri)) : [];
    const lines = Map.groupBy(wanted, (mutant) => mutant.range.end.line);
    editor.setDecorations(
      this.#type,
      [...lines.values()].flatMap(([first, ...more]) => {
        if (first === undefined) return [];
        const range = editor.document.validateRange(toRange(first.range));
        const end = editor.document.lineAt(range.end.line).range.end;
        return [{ range: range.with({ end }), renderOptions: { after: { contentText: textOf(first, more.length) } } }];
      }),
    );
  }
}

function mutantsOf(state: FolderState, uri: Uri): readonly MutantState[] {
  const shown = ['survived', 'no-coverage'];
  return state.mutants.filter(
    ({ path, status }) => shown.includes(status) && Uri.joinPath(Uri.file(state.root), path).fsPath === uri.fsPath,
  );
}

function textOf({ status, original, replacement, coveredBy }: MutantState, more: number): string {
  const change =
    replacement.trim() === '' ? l10n.t('{0} removed', short(original)) : `${short(original)} → ${short(replacement)}`;
  const said =
    status === 'survived'
      ? l10n.t('{0} survived {1} tests', change, coveredBy.length)
      : l10n.t('no test runs this line');
  return more === 0 ? said : `${said} ${l10n.t('(and {0} more)', more)}`;
}

const MAX = 40;

function short(code: string): string {
  const line = code.trim().replace(/\s+/g, ' ');
  return line.length <= MAX ? line : `${line.slice(0, MAX - 1)}…`;
}

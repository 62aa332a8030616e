import { type Command, Range as EditorRange, type Uri } from 'vscode';
import type { Range } from '../protocol/finding.ts';

/** From our 1-based places to the editor's. */
export function toRange({ start, end }: Range): EditorRange {
  return new EditorRange(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}

export function openAt(uri: Uri, range: Range | undefined): Command {
  const options = range === undefined ? {} : { selection: toRange(range) };
  return { command: 'vscode.open', title: '', arguments: [uri, options] };
}

import type { Hover, HoverParams } from 'vscode-languageserver';
import { mutantDiff } from '../engine/report/mutant-diff.ts';
import { wordsOf } from '../engine/report/mutant-findings.ts';
import type { FolderSessions } from './folder-sessions.ts';
import type { MutantRecord } from './mutant-records.ts';

/** Only what a person has to decide on; killed mutants are good news that needs no room. */
const SHOWN = ['survived', 'no-coverage', 'ignored'];

export function hover({ textDocument, position }: HoverParams, sessions: FolderSessions): Hover | null {
  const records = sessions
    .mutantsAt(textDocument.uri, position.line, position.character)
    .filter(({ result }) => SHOWN.includes(result.status));
  if (records.length === 0) return null;
  return { contents: { kind: 'markdown', value: records.map(describe).join('\n\n---\n\n') } };
}

function describe({ result, text }: MutantRecord): string {
  const { mutant, status, coveredBy, reason } = result;
  const ran = coveredBy.slice(0, 5).map(({ file, name }) => `- \`${file}\` ${quoted(name)}`);
  const more = coveredBy.length > 5 ? [`- and ${coveredBy.length - 5} more`] : [];
  return [
    `**Mutant ${status}** — ${wordsOf(mutant)} · ${mutant.operator} · \`${mutant.id}\``,
    `\n\`\`\`diff\n${mutantDiff(text, mutant).trimEnd()}\n\`\`\`\n`,
    ...(ran.length > 0 ? ['Ran this and still passed:\n', ...ran, ...more] : []),
    ...(reason === undefined ? [] : [`\n${quoted(reason)}`]),
  ].join('\n');
}

/** A test's name is the repository's text: it may not become markup. */
function quoted(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>]/g, '\\$&');
}

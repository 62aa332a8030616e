import type { Tree } from '../ports.ts';
import type { ScopeMap } from '../scopes/scope.ts';
import type { Decision } from './decision.ts';
import { type DecisionPlace, decisionPlace } from './places.ts';
import { readRecord } from './read-record.ts';
import { scopesNamed } from './scopes-named.ts';

const MAX_BYTES = 512 * 1024;
const MAX_RECORDS = 500;

/** The decisions that stand, newest first; what cannot be read is none. */
export function readDecisions(tree: Tree, configured: string | undefined, scopes: ScopeMap): readonly Decision[] {
  const place = decisionPlace(tree, configured);
  const found = filesOf(place).flatMap((file) => {
    const text = tree.read(file, MAX_BYTES);
    if (text === undefined) return [];
    return place.kind === 'file' ? ownFormat(file, text, scopes) : readRecord(file, text, tree, scopes);
  });
  return found.reverse();
}

function filesOf(place: DecisionPlace): readonly string[] {
  return place.kind === 'file' ? [place.file] : place.files.slice(-MAX_RECORDS);
}

const HEADING = /^##\s+(\d{4}-\d\d-\d\d)(?:\s*[:–—-]\s*|\s+)(\S.*)$/;
const GOVERNS = /^(?:Governs|Scopes):\s*(.*)$/i;

/** `## 2026-11-21: TITLE`, and as the first line below it `Governs: SCOPE, SCOPE`. */
function ownFormat(file: string, text: string, scopes: ScopeMap): readonly Decision[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.flatMap((line, index): Decision[] => {
    const [, date, title] = HEADING.exec(line.trimEnd()) ?? [];
    if (title === undefined) return [];
    const below = lines.slice(index + 1, index + 4).find((next) => next.trim() !== '') ?? '';
    const governs = GOVERNS.exec(below.trim())?.[1];
    return [{ file, line: index + 1, date, title, scopes: governs === undefined ? [] : scopesNamed(governs, scopes) }];
  });
}

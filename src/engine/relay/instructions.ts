import type { Tree } from '../ports.ts';
import type { Excerpt, TouchedFile } from './facts.ts';

const NAMES = ['AGENTS.md', 'CLAUDE.md'];
const OF_ROOT = ['.github/copilot-instructions.md', 'CONVENTIONS.md'];
const MAX_BYTES = 256 * 1024;
const MAX_PARTS = 5;

/** Headings under which stands what holds for any change. */
const GENERAL =
  /\b(rules?|conventions?|style|guidelines?|constraints?|must|never|always|don'?ts?|do not|principles?|invariants?|boundar(?:y|ies)|architecture|security|testing|tests?|commits?|pull requests?|review|checks?|verif(?:y|ication)|workflow|before you|quality)\b/i;

/** The parts of AGENTS.md and its like, nearest to the change first, that speak of what is touched or of any change. */
export function gatherExcerpts(
  tree: Tree,
  files: readonly TouchedFile[],
  configured: readonly string[],
): readonly Excerpt[] {
  const texts = new Set<string>();
  const parts = filesAbove(tree, files, configured).flatMap(({ file, below }) => {
    const text = tree.read(file, MAX_BYTES)?.trim() ?? '';
    // One that only points at another says nothing of its own.
    if (text === '' || texts.has(text) || /^@?[\w./-]+$/.test(text)) return [];
    texts.add(text);
    const inside = files.filter(({ path }) => path.startsWith(below));
    return partsOf(file, text).flatMap((part) => judged(part, inside, below));
  });
  return parts.sort((a, b) => b.weight - a.weight).slice(0, MAX_PARTS);
}

interface Placed {
  readonly file: string;
  /** Folder it speaks of, with its slash; empty for the root. */
  readonly below: string;
}

/** Deepest first. */
function filesAbove(tree: Tree, files: readonly TouchedFile[], configured: readonly string[]): readonly Placed[] {
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  const own = [...folders]
    .sort((a, b) => b.split('/').length - a.split('/').length || (a < b ? -1 : 1))
    .flatMap((below) => NAMES.map((name) => ({ file: `${below}${name}`, below })));
  const named = [...configured, ...OF_ROOT].map((file) => ({ file: file.replace(/^(\.\/)+/, ''), below: '' }));
  return [...own, ...named].filter(({ file }) => tree.has(file));
}

/** `src/core/`, `src/` and the root of `src/core/a.ts`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/')}/`), ''];
}

interface Part {
  readonly file: string;
  readonly heading: string;
  readonly text: string;
}

/** By headings, of whatever depth; code blocks are left whole. */
function partsOf(file: string, text: string): readonly Part[] {
  const parts: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  let fence = '';
  for (const line of text.split(/\r\n|\n|\r/)) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === '' ? mark : mark.startsWith(fence) ? '' : fence;
    const heading = fence === '' && mark === undefined ? /^#{1,4}\s+(\S.*)/.exec(line.trimEnd())?.[1] : undefined;
    if (heading === undefined) parts.at(-1)?.lines.push(line);
    else parts.push({ heading, lines: [] });
  }
  return parts
    .map(({ heading, lines }) => ({ file, heading, text: lines.join('\n').trim() }))
    .filter((part) => part.text !== '');
}

function judged(part: Part, files: readonly TouchedFile[], below: string): readonly Excerpt[] {
  const near = below === '' ? 0 : 10;
  const place = namedPlace(part, files);
  if (place !== undefined) return [{ ...part, why: `names ${place}`, weight: 60 + near }];
  const scope = namedScope(part, files);
  if (scope !== undefined) return [{ ...part, why: `speaks of ${scope}`, weight: 50 + near }];
  if (GENERAL.test(part.heading)) return [{ ...part, why: 'holds for any change', weight: 45 + near }];
  return below === '' ? [] : [{ ...part, why: 'stands beside what changed', weight: 40 }];
}

/** The first changed path, or folder of one, that a text names. */
function namedPlace({ file, heading, text }: Part, files: readonly TouchedFile[]): string | undefined {
  const words = new Set(`${heading}\n${text}`.match(/[\w@.-]+(?:\/[\w@.*-]+)*/g) ?? []);
  const names = files
    .filter(({ path }) => path !== file)
    .flatMap(({ path }) => [
      path,
      ...foldersOf(path)
        .map((folder) => folder.slice(0, -1))
        .filter((folder) => folder.includes('/')),
      ...(path.includes('/') ? [path.split('/').at(-1) ?? ''] : []),
    ]);
  return [...new Set(names)].find((name) => name !== '' && (words.has(name) || words.has(`${name}/**`)));
}

/** A scope is often a common word: only as a heading or in backticks is it surely meant. */
function namedScope({ heading, text }: Part, files: readonly TouchedFile[]): string | undefined {
  const scopes = new Set(files.map(({ scope }) => scope).filter((scope) => scope !== '' && scope !== 'root'));
  return [...scopes].find(
    (scope) =>
      text.includes(`\`${scope}\``) ||
      heading.toLowerCase() === scope.toLowerCase() ||
      heading.includes(`\`${scope}\``),
  );
}

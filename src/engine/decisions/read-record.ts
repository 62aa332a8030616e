import type { Tree } from '../ports.ts';
import type { ScopeMap } from '../scopes/scope.ts';
import type { Decision } from './decision.ts';
import { scopesMentioned, scopesNamed } from './scopes-named.ts';

/** A numbered decision record; none where it is not in force, or speaks of no scope. */
export function readRecord(file: string, text: string, tree: Tree, scopes: ScopeMap): readonly Decision[] {
  const { fields, body, skipped } = frontMatter(text.split(/\r\n|\n|\r/));
  if (!isInForce(statusOf(fields, body))) return [];
  const at = body.findIndex((line) => /^#\s+\S/.test(line));
  const heading = body[at]?.replace(/^#\s+/, '').trim() ?? fields.get('title') ?? '';
  const title = heading.replace(/^(?:ADR[- ]?)?\d+[.:)]?\s*[-–—:]?\s*/i, '').trim();
  const line = at < 0 ? 1 : skipped + at + 1;
  const governs = fields.get('governs') ?? fields.get('scopes') ?? lineOf(body, /^(?:Governs|Scopes):\s*(.*)$/i);
  const named = governs === undefined ? undefined : scopesNamed(governs, scopes);
  const mentioned = named ?? scopesMentioned(text, scopes, createPlaces(tree));
  // What speaks of nothing in particular is for whoever reads all of them.
  if (named === undefined && mentioned.length === 0) return [];
  const date = /\d{4}-\d\d-\d\d/.exec(fields.get('date') ?? lineOf(body, /^[*-]?\s*Date:\s*(.*)$/i) ?? '')?.[0];
  return [{ file, line, date, title: title === '' ? (file.split('/').at(-1) ?? file) : title, scopes: mentioned }];
}

interface Split {
  readonly fields: ReadonlyMap<string, string>;
  readonly body: readonly string[];
  readonly skipped: number;
}

function frontMatter(lines: readonly string[]): Split {
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, index) => index > 0 && line.trim() === '---') : -1;
  if (end < 0) return { fields: new Map(), body: lines, skipped: 0 };
  const pairs = lines.slice(1, end).flatMap((line): [string, string][] => {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), (value ?? '').trim().replace(/^["']|["']$/g, '')]];
  });
  return { fields: new Map(pairs), body: lines.slice(end + 1), skipped: end + 1 };
}

/** Of the front matter, a line `Status: …`, or the first line below `## Status`; undefined where it has none. */
function statusOf(fields: ReadonlyMap<string, string>, body: readonly string[]): string | undefined {
  const said = fields.get('status') ?? lineOf(body, /^[*-]?\s*\**Status\**:\**\s*(.*\S)/i);
  if (said !== undefined) return said;
  const at = body.findIndex((line) => /^##+\s+Status\s*$/i.test(line));
  return at < 0 ? undefined : body.slice(at + 1).find((line) => line.trim() !== '');
}

function isInForce(status: string | undefined): boolean {
  if (status === undefined) return true;
  return (
    /\b(accepted|approved|adopted|active|implemented|decided)\b/i.test(status) &&
    !/\b(superseded|deprecated|rejected)\b/i.test(status)
  );
}

function lineOf(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const value = pattern.exec(line.trim())?.[1];
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** Whether a name is a file or folder of the tree. */
const known = new WeakMap<Tree, ReadonlySet<string>>();

function createPlaces(tree: Tree): (name: string) => boolean {
  let places = known.get(tree);
  if (places === undefined) {
    places = new Set(tree.paths.flatMap(withFolders));
    known.set(tree, places);
  }
  const all = places;
  return (name) => all.has(name);
}

function withFolders(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

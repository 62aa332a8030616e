import type { Tree } from '../../engine/ports.ts';

/**
 * Files that a `//go:embed` pattern takes, by the rules of package embed: `path.Match` element by element; a folder
 * stands for its whole tree less names that begin with `.` or `_`, unless the pattern begins with `all:`.
 */
export function embeddedFiles(tree: Tree, folder: string, written: string): readonly string[] {
  const all = written.startsWith('all:');
  const pattern = all ? written.slice('all:'.length) : written;
  const elements = pattern === '.' ? [] : pattern.split('/');
  if (elements.some((element) => element === '' || element === '.' || element === '..')) return [];
  const matchers = elements.map(matcherOf);
  if (matchers.includes(undefined)) return [];
  const fixed = elements.findIndex((element) => /[*?[\\]/.test(element));
  const literal = (fixed < 0 ? elements : elements.slice(0, fixed)).join('/');
  const base = folder === '' ? '' : `${folder}/`;
  const found: string[] = [];
  for (const path of pathsUnder(tree.paths, base + literal)) {
    const parts = path.slice(base.length).split('/');
    if (parts.length < matchers.length || !matchers.every((matcher, index) => matcher?.test(parts[index] ?? '')))
      continue;
    const inner = parts.slice(matchers.length);
    if (!all && inner.some((part) => part.startsWith('.') || part.startsWith('_'))) continue;
    if (!crossesModule(tree, base, parts)) found.push(path);
  }
  return found;
}

function* pathsUnder(paths: readonly string[], prefix: string): Generator<string> {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paths[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  for (let path = paths[low]; path?.startsWith(prefix); path = paths[++low]) yield path;
}

function crossesModule(tree: Tree, base: string, parts: readonly string[]): boolean {
  return parts.some((_, index) => index > 0 && tree.has(`${base}${parts.slice(0, index).join('/')}/go.mod`));
}

/** Undefined for a malformed pattern, which matches nothing. */
function matcherOf(element: string): RegExp | undefined {
  let source = '';
  for (const [token] of element.matchAll(/\\.|\[\^?(?:\\.|[^\]\\])+\]|[\s\S]/gu)) {
    if (token === '*') source += '[^/]*';
    else if (token === '?') source += '[^/]';
    else if (token === '[' || token === '\\') return undefined;
    else if (token.length > 1 && token.startsWith('[')) source += token.replace(/(?<=.)\[/g, '\\[');
    else source += literalSource(token);
  }
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return undefined;
  }
}

function literalSource(token: string): string {
  const character = token.startsWith('\\') ? token.slice(1) : token;
  return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
}

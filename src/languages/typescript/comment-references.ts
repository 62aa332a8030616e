import type { Analysis, Reference } from '../../engine/language.ts';

const DIRECTIVE = /^\/\/\/\s*<reference\s[^>\n]*?\b(path|types)\s*=\s*["']([^"'\n]+)["']/;
const IMPORT_TYPE = /\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;
const IMPORT_TAG = /@import\s+(?:(?!@)[\s\S]){0,500}?\bfrom\s+["']([^"'\n]+)["']/g;

/** What TypeScript reads in comments: reference directives, and types in JSDoc. */
export function commentReferences(comments: Analysis['comments']): Reference[] {
  return comments.flatMap(({ start: offset, text }) => {
    const make = (specifier: string, written: string, index: number): Reference => {
      const start = offset + text.indexOf(written, index);
      return { specifier, kind: 'static', typeOnly: true, start, end: start + written.length };
    };
    if (text.startsWith('//')) {
      const [, attribute, written = ''] = DIRECTIVE.exec(text) ?? [];
      if (attribute === undefined) return [];
      // A path is relative without a dot too.
      return [make(attribute === 'types' || /^[./]/.test(written) ? written : `./${written}`, written, 0)];
    }
    if (!text.startsWith('/**')) return [];
    const types = [...text.matchAll(IMPORT_TYPE)].filter(({ index }) => isType(text, index));
    return [...types, ...text.matchAll(IMPORT_TAG)].map((match) => make(match[1] ?? '', match[1] ?? '', match.index));
  });
}

/** Inside the braces of a tag, and not of one that shows code or links. */
function isType(comment: string, index: number): boolean {
  const before = comment.slice(0, index);
  const tags = [...before.matchAll(/(?:^\/\*\*|\n)[\s*]*@(\w+)/g)];
  const last = tags.at(-1);
  if (last === undefined || /^(example|see|link)$/.test(last[1] ?? '')) return false;
  const since = before.slice(last.index);
  return since.split('{').length > since.split('}').length;
}

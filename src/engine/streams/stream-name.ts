import { nearestWord } from '../nearest-word.ts';

const MAX_ID = 40;
/** `Stream A:`, `Task 3 –`: what a plan puts before the name proper. */
const LABEL = /^((?:work ?)?(?:stream|task|track|part|step)\s+([\p{L}\p{N}]{1,3}))\s*[:.)–—-]\s+/iu;

/** What a stream goes by in branches and folders: `json-output`; made of ASCII letters, digits and `-` alone. */
export function streamId(title: string, position: number): string {
  const bare = slug(title.replace(LABEL, ''));
  return bare || slug(title) || `stream-${position}`;
}

export function isLabelled(title: string): boolean {
  return LABEL.test(title);
}

function slug(text: string): string {
  const plain = text
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+/, '').slice(0, MAX_ID).replace(/-+$/, '');
}

interface Named {
  readonly id: string;
  readonly title: string;
}

export type NamedStream =
  | { readonly kind: 'stream'; readonly id: string }
  | { readonly kind: 'unknown'; readonly near: string | undefined };

/** Which stream another speaks of: by its id, its title, its label (`Stream B`, `B`) or the one title that begins so. */
export function findNamed(name: string, streams: readonly Named[]): NamedStream {
  const wanted = fold(name);
  const by = (test: (stream: Named) => boolean): Named | undefined => {
    const found = streams.filter(test);
    return found.length === 1 ? found[0] : undefined;
  };
  const found =
    by(({ id }) => id === wanted) ??
    by(({ title }) => fold(title) === wanted) ??
    by(({ title }) => labels(title).includes(wanted)) ??
    by(({ title }) => wanted.length > 2 && fold(title.replace(LABEL, '')).startsWith(wanted));
  if (found !== undefined) return { kind: 'stream', id: found.id };
  const near = nearestWord(
    name,
    streams.map(({ title }) => title),
  );
  return { kind: 'unknown', near };
}

function labels(title: string): readonly string[] {
  const match = LABEL.exec(title);
  return match === null ? [] : [fold(match[1] ?? ''), fold(match[2] ?? ''), fold(title.replace(LABEL, ''))];
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

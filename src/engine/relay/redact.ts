/** Takes secrets out of texts, each by itself: what is put in their place says of what kind they were. */
export type Redact = (texts: readonly string[]) => Promise<readonly string[]>;

const MARK = /\[redacted: ([^\]\n`]{1,40})\]/g;

/** What stands in a text in place of a secret. */
export function markOf(kind: string): string {
  return `[redacted: ${kind}]`;
}

/** How many of each kind were taken out of a text. */
export function redactedIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, kind = ''] of text.matchAll(MARK)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Every text in plain data, however deep. @param max characters that are kept of each: nobody is shown more. */
export async function redactAll<T>(given: T, redact: Redact, max = Number.POSITIVE_INFINITY): Promise<T> {
  const data = mapTexts(given, (text) => (text.length > max ? text.slice(0, max) : text));
  const texts = new Set<string>();
  mapTexts(data, (text) => {
    texts.add(text);
    return text;
  });
  const all = [...texts];
  const clean = await redact(all);
  const known = new Map(all.map((text, index) => [text, clean[index] ?? '']));
  return mapTexts(data, (text) => known.get(text) ?? '');
}

function mapTexts<T>(data: T, map: (text: string) => string): T;
function mapTexts(data: unknown, map: (text: string) => string): unknown {
  if (typeof data === 'string') return map(data);
  if (Array.isArray(data)) return data.map((entry) => mapTexts(entry, map));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, mapTexts(value, map)]));
}

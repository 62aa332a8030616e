import { markOf, type Redact } from '../engine/relay/redact.ts';

/** What secretlint's recommended rules leave to others; a group `secret` says which part is one. */
const SHAPES: readonly (readonly [kind: string, pattern: RegExp])[] = [
  [
    'private key',
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/dg,
  ],
  ['AWS access key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/dg],
  ['Google API key', /\bAIza[\w-]{35}(?![\w-])/dg],
  ['JSON web token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{10,}/dg],
  ['API key', /\b(?:sk|rk|pk)[-_](?:live|test|proj|svcacct|admin|ant|or)[-_][\w-]{20,}/dg],
  ['API key', /\bsk-[A-Za-z0-9]{32,}\b/dg],
  ['bearer token', /\b(?:Bearer|Basic)\s+(?<secret>(?=[^\s]*\d)[\w.~+/-]{20,}={0,2})/dgi],
  ['password in a URL', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:(?<secret>[^\s@/]{3,200})@/dgi],
  [
    'password or token',
    /(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)["'`]?\s*(?::|=>?|:=)\s*(?<quote>["'`])(?<secret>(?=[^"'`\s]*\d)(?=[^"'`\s]*[A-Za-z])[^"'`\s]{12,400})\k<quote>/dgi,
  ],
  [
    'password or token',
    /^[ \t]*(?:export[ \t]+)?(?=[A-Z])[A-Z0-9_]{0,60}?(?:PASS(?:WORD|WD)?|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)[A-Z0-9_]{0,60}[ \t]*=[ \t]*(?<secret>(?=[^\s"'`]*\d)(?=[^\s"'`]*[A-Za-z])[^\s"'`$<({]{12,400})/dgm,
  ],
];

interface Place {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** Stands between texts that are looked at together. */
const BETWEEN = '\n\u0000\n';
/** Shorter ones hold no secret that anybody could tell from a word. */
const MIN_LENGTH = 12;

/** Takes out what looks like a secret; rather one too many. */
export const redactSecrets: Redact = async (texts) => {
  const looked = texts.filter((text) => text.length >= MIN_LENGTH);
  const places = new Map(looked.map((text) => [text, shapesIn(text)]));
  let start = 0;
  const known = await lint(looked.join(BETWEEN));
  for (const text of looked) {
    const end = start + text.length;
    for (const place of known)
      if (place.start < end && place.end > start)
        places
          .get(text)
          ?.push({ ...place, start: Math.max(0, place.start - start), end: Math.min(text.length, place.end - start) });
    start = end + BETWEEN.length;
  }
  return texts.map((text) => without(text, places.get(text) ?? []));
};

function shapesIn(text: string): Place[] {
  return SHAPES.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map((match) => {
      const [start, end] = match.indices?.groups?.['secret'] ?? match.indices?.[0] ?? [0, 0];
      return { start, end, kind };
    }),
  );
}

/** Overlapping places are one, of the kind of the longest. */
function without(text: string, places: readonly Place[]): string {
  const merged: Place[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || place.start >= last.end) merged.push(place);
    else merged[merged.length - 1] = { ...longer(last, place), start: last.start, end: Math.max(last.end, place.end) };
  }
  return merged.reduceRight(
    (rest, { start, end, kind }) => rest.slice(0, start) + markOf(kind) + rest.slice(end),
    text,
  );
}

function longer(a: Place, b: Place): Place {
  return b.end - b.start > a.end - a.start ? b : a;
}

const NAMES: Readonly<Record<string, string>> = {
  PrivateKey: 'private key',
  AWSSecretAccessKey: 'AWS secret key',
  AWSAccessKeyID: 'AWS access key',
  AWSAccountID: 'AWS account',
  GITHUB_TOKEN: 'GitHub token',
  SLACK_TOKEN: 'Slack token',
  NPM_ACCESS_TOKEN: 'npm token',
};

async function lint(content: string): Promise<readonly Place[]> {
  if (content === '') return [];
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const { messages } = await lintSource({
    source: { content, filePath: '/handoff.md', ext: '.md', contentType: 'text' },
    options: { config: { rules: [{ id: 'recommended', rule: creator }] }, noPhysicFilePath: true },
  });
  return messages.map(({ range: [start, end], messageId }) => ({
    start,
    end,
    kind: NAMES[messageId] ?? inWords(messageId),
  }));
}

/** `STRIPE_SECRET_KEY_LIVE` → `stripe secret key live`. */
function inWords(id: string): string {
  return id
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .slice(0, 40);
}

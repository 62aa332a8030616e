import { type DecisionFile, governsLine, type SaidDecision, withoutHeadings } from './new-decision.ts';
import type { DecisionPlace } from './places.ts';
import { NUMBERED, numberOf } from './places.ts';

/** A numbered record of its own, named and laid out as the newest of its folder. */
export function recordOf(
  decision: SaidDecision,
  { folder, files }: DecisionPlace & { readonly kind: 'folder' },
  read: (file: string) => string | undefined,
): DecisionFile {
  const newest = files.at(-1);
  const number = Math.max(0, ...files.map(numberOf)) + 1;
  const name = nameOf(decision.title, number, newest?.split('/').at(-1));
  const model = newest === undefined ? '' : (read(newest) ?? '');
  const text = layOut(decision, number, model.replace(/^\uFEFF/, ''));
  return { file: `${folder}/${name}`, content: /\r\n/.test(model) ? text.replaceAll('\n', '\r\n') : text, fresh: true };
}

function nameOf(title: string, number: number, model: string | undefined): string {
  const {
    prefix = '',
    number: last = '0000',
    separator = '-',
    slug = '',
    ending = 'md',
  } = NUMBERED.exec(model ?? '')?.groups ?? {};
  const joint = slug.includes('_') && !slug.includes('-') ? '_' : '-';
  // `0009` says how wide numbers are, `9` that they have no fixed width.
  const width = last.startsWith('0') ? last.length : 1;
  return `${prefix}${String(number).padStart(width, '0')}${separator}${slugOf(title, joint)}.${ending}`;
}

const MAX_SLUG = 60;

function slugOf(title: string, joint: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    if (slug.length + word.length > MAX_SLUG) break;
    slug += slug === '' ? word : `${joint}${word}`;
  }
  return slug === '' ? (words[0]?.slice(0, MAX_SLUG) ?? 'decision') : slug;
}

function layOut(decision: SaidDecision, number: number, model: string): string {
  const { date, title, body, scopes } = decision;
  const text = withoutHeadings(body === '' ? title : body);
  const heading = headingOf(title.replace(/^#+\s*/, ''), number, model);
  if (model.startsWith('---\n') || model.startsWith('---\r\n'))
    return `---\nstatus: accepted\ndate: ${date}\n---\n\n${heading}\n\n## Decision Outcome\n\n${text}\n\n${governsLine(scopes)}\n`;
  return `${heading}\n\nDate: ${date}\n\n## Status\n\nAccepted\n\n## Decision\n\n${text}\n\n${governsLine(scopes)}\n`;
}

/** Numbered where the newest is: `# 7. Use zod`, `# ADR-007: Use zod`. */
function headingOf(title: string, number: number, model: string): string {
  const numbered = /^#\s+(?<word>ADR[- ]?)?(?<number>\d+)(?<end>[.:)]|\s+[-–—])\s+\S/im.exec(model)?.groups;
  if (numbered === undefined) return model === '' ? `# ${number}. ${title}` : `# ${title}`;
  const width = numbered['number']?.startsWith('0') === true ? numbered['number'].length : 1;
  return `# ${numbered['word'] ?? ''}${String(number).padStart(width, '0')}${numbered['end'] ?? '.'} ${title}`;
}

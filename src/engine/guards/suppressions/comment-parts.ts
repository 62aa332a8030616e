import type { Comment } from './scan-comments.ts';

/** What a comment says, without delimiters; a directive may begin with it. */
export interface CommentPart {
  readonly text: string;
  readonly start: number;
  readonly kind: 'line' | 'hash' | 'block' | 'later line';
}

/** A comment's content. `# a  # b` are two, as the Python tools read it; the later lines of a block are parts too. */
export function partsOf(comment: Comment): readonly CommentPart[] {
  const { text, start } = comment;
  if (text.startsWith('#')) return split(text, start, /#+[ \t]*/g, 'hash');
  if (text.startsWith('/*')) return blockLines(text.replace(/\*\/$/, ''), start, /^\/\*+[\s*!]*/);
  if (text.startsWith('<!--')) return blockLines(text.replace(/-->$/, ''), start, /^<!--\s*/);
  return split(text, start, /^\/\/[/!]*[ \t]*/g, 'line');
}

function split(text: string, start: number, marker: RegExp, kind: CommentPart['kind']): readonly CommentPart[] {
  const begins = [...text.matchAll(marker)].map((match) => match.index + match[0].length);
  return begins.map((begin) => {
    // Each part runs to the end of the comment: a reason may hold the sign that begins a comment.
    const content = text.slice(begin).trimEnd();
    return { text: content, start: start + begin, kind };
  });
}

function blockLines(text: string, start: number, opening: RegExp): readonly CommentPart[] {
  const begin = opening.exec(text)?.[0].length ?? 0;
  const whole: CommentPart = { text: text.slice(begin).trim(), start: start + begin, kind: 'block' };
  const later = [...text.slice(begin).matchAll(/\n[\s*]*([^\s*][^\n]*)/g)].map((match): CommentPart => {
    const content = match[1] ?? '';
    const at = begin + match.index + match[0].length - content.length;
    return { text: content.trim(), start: start + at, kind: 'later line' };
  });
  return [whole, ...later.filter((part) => part.text !== '')];
}

import type { Edit, Span } from './mutable.ts';

export function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

export function replacing({ start, end }: Span, text: string): Edit {
  return { start, end, text };
}

const SIGN = /[-+*/%&|^<>=!~?]/;

/** Another operator in an operator's place; a space keeps it from growing together with its neighbours. */
export function swapToken(text: string, { start, end }: Span, token: string): Edit {
  const before = fuses(text.charAt(start - 1), token.charAt(0)) ? ' ' : '';
  const after = fuses(token.charAt(token.length - 1), text.charAt(end)) ? ' ' : '';
  return { start, end, text: `${before}${token}${after}` };
}

/** Takes something out, and the white space behind it on the line; words on both sides stay apart. */
export function removing(text: string, { start, end }: Span): Edit {
  let last = end;
  while (text.charAt(last) === ' ' || text.charAt(last) === '\t') last++;
  return { start, end: last, text: fuses(text.charAt(start - 1), text.charAt(last)) ? ' ' : '' };
}

function fuses(left: string, right: string): boolean {
  return (/[\w$]/.test(left) && /[\w$]/.test(right)) || (SIGN.test(left) && SIGN.test(right));
}

/** An operand with the parentheses around it, which its own span leaves out. */
export function parenthesized(text: string, whole: Span, operand: Span, side: 'left' | 'right', operator: Span): Span {
  if (side === 'left') {
    const closing = /^(?:\s*\))*/.exec(text.slice(operand.end, operator.start))?.[0].length ?? 0;
    return { start: whole.start, end: operand.end + closing };
  }
  const opening = /(?:\(\s*)*$/.exec(text.slice(operator.end, operand.start))?.[0].length ?? 0;
  return { start: operand.start - opening, end: whole.end };
}

/** Whether an expression's neighbours bind less than any operator: then it can be exchanged for one that binds less. */
export function standsAlone(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 40), start).trimEnd();
  const after = text.slice(end, end + 40).trimStart();
  return (
    /[([{,;:]$|(?:^|[^?])\?$|(?:^|[^=!<>])=$|=>$|\b(?:return|if|elif|while|throw)$/.test(before) &&
    /^(?:[)\]}{,;:]|\?[^?.])/.test(after)
  );
}

/** Operators of an expression that are in no brackets and no strings, one after the other. */
export function outerOperators(expression: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  for (const [token] of expression.matchAll(TOKENS)) {
    if (/^[([{]$/.test(token)) depth++;
    else if (/^[)\]}]$/.test(token)) depth--;
    else if (
      depth === 0 &&
      token !== '?.' &&
      /^(?:[-+*/%&|^<>=!~?:]|(?:and|or|not|in|is|if|else|lambda|instanceof|as)$)/.test(token)
    )
      found.push(token);
  }
  return found;
}

const TOKENS =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|[A-Za-z_$][\w$]*|[([{]|[)\]}]|\?\.|[-+*/%&|^<>=!~?:]+/g;

/** Whether an operand can stand beside any operator without parentheses. */
export function isTight(expression: string): boolean {
  return outerOperators(expression).length === 0;
}

export function inParentheses(expression: string): string {
  return isTight(expression) ? expression : `(${expression})`;
}

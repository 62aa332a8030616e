import { outerOperators, replacing, textOf } from '../edits.ts';
import { IS_PREDICATE } from '../method-names.ts';
import type { Spelling } from '../mutable.ts';
import type { Operator } from '../operator.ts';
import { holdsString } from '../strings.ts';

export const returnValue: Operator = {
  name: 'return-value',
  description: 'a returned value becomes true, false, 0, "" or nothing',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'return' || mutable.value === undefined) return [];
    const { value } = mutable;
    const written = textOf(text, value);
    if (IS_LITERAL.test(written)) return [];
    if (spelling.language === 'go' && isOnlyReturned(lastOf(written), value.start, text)) return [];
    return others(written, spelling).map((other) => replacing(value, other));
  },
};

/** Literals are mutated as such, and a function that is not there only crashes. */
const IS_LITERAL =
  /^(?:true|false|True|False|undefined|void 0|-?[\d.][\w.]*|(["'`])(?:\\.|(?!\1)[^\\])*\1|\[[^[\]]*\]|\{.*\}|(?:async|function|class|lambda)\b.*)$/s;

function others(written: string, spelling: Spelling): readonly string[] {
  // The sign of a macro is none of a negation.
  const operators = outerOperators(spelling.language === 'rust' ? written.replace(/(\w)!(?=[([{])/g, '$1') : written);
  if (operators.includes('=>')) return [];
  const typed = /^(?:go|rust|java)$/.test(spelling.language);
  // What looks like operators there are types, tags or references; and of several values each has its own type.
  if (/^(?:new\b|[<&*])|\w<[^()=&]*>\(/.test(written) || lastOf(written) !== written)
    return BY_LANGUAGE[spelling.language](written);
  if (isTruth(written, operators, typed)) return [spelling.true, spelling.false];
  const whole = { start: 0, end: written.length };
  if (operators.includes('+') && holdsString({ left: whole, right: whole }, written, spelling))
    return emptyText(spelling);
  if (!isNumber(written, operators)) return BY_LANGUAGE[spelling.language](written);
  if (spelling.language === 'rust') return ['Default::default()'];
  // Sums may be of texts.
  return typed && operators.length > 0 && operators.every((operator) => operator === '+') ? [] : ['0'];
}

function isTruth(written: string, operators: readonly string[], typed: boolean): boolean {
  const name = /(\w+)!?\((?:[^()]|\([^()]*\))*\)$/.exec(written)?.[1] ?? '';
  if (operators.length === 0) return IS_PREDICATE.test(name);
  // Elsewhere `a || b` alone may be any value.
  const compares = typed || operators.some((operator) => COMPARES.test(operator));
  return compares && operators.every((operator) => COMPARES.test(operator) || /^(?:&&|\|\||and|or)$/.test(operator));
}

const COMPARES = /^(?:[<>]=?|[=!]==?|!|not|in|is|instanceof)$/;

function isNumber(written: string, operators: readonly string[]): boolean {
  if (operators.length === 0)
    return /(?:\.length|\.len\(\)|\.size\(\)|\.count\(\))$|^(?:Math\.\w+|math\.\w+|len|Number|parseInt|parseFloat|abs|sum)\([^()]*\)$/.test(
      written,
    );
  return operators.every((operator) => /^(?:[-+*/%&|^]|\*\*|<<|>>|>>>|\/\/)$/.test(operator));
}

function emptyText({ language }: Spelling): readonly string[] {
  return [language === 'rust' ? 'String::new()' : '""'];
}

/** What is returned instead of something whose type the text only hints at. */
const BY_LANGUAGE: Readonly<Record<Spelling['language'], (written: string) => readonly string[]>> = {
  typescript: unknownOfJavascript,
  javascript: unknownOfJavascript,
  python: (written) => [written === 'None' ? 'True' : 'None'],
  go: (written) => {
    const last = lastOf(written);
    if (/^&\w+(?:\.\w+)?\{/.test(written) && last === written) return ['nil'];
    if (!/^(?:\w*[eE]rr(?:or)?|fmt\.Errorf\(.*\)|errors\.\w+\(.*\))$/s.test(last)) return [];
    return [`${written.slice(0, written.length - last.length)}nil`];
  },
  rust: (written) => {
    if (/^Some\(/.test(written) && outerOperators(written).length === 0) return ['None'];
    return /(?:\.to_string\(\)|\.to_owned\(\))$|^(?:format!|String::from)\(/.test(written) ? ['String::new()'] : [];
  },
  java: (written) => {
    const [, made] = /^((?:Optional|List|Set|Map)\.)(?:of|ofNullable|copyOf)\(./s.exec(written) ?? [];
    if (made !== undefined) return [made === 'Optional.' ? 'Optional.empty()' : `${made}of()`];
    return /^(?:new\b|this$)/.test(written) ? ['null'] : [];
  },
};

function unknownOfJavascript(written: string): readonly string[] {
  if (written === 'null') return ['true'];
  return [written.startsWith('<') ? 'null' : 'undefined'];
}

/** The last of several returned values. */
function lastOf(written: string): string {
  let depth = 0;
  for (let at = written.length - 1; at >= 0; at--) {
    const char = written.charAt(at);
    if (/[)\]}]/.test(char)) depth++;
    if (/[([{]/.test(char)) depth--;
    if (char === ',' && depth === 0) return written.slice(at + 1).trimStart();
  }
  return written;
}

/** Go refuses a variable that nothing uses: `err := f(); return err`. */
function isOnlyReturned(name: string, start: number, text: string): boolean {
  if (!/^\w+$/.test(name)) return false;
  const before = text.slice(Math.max(0, start - 2000), start);
  const declared = [...before.matchAll(new RegExp(`\\b${name}\\b[^=\\n]*:=`, 'g'))].at(-1);
  if (declared === undefined) return false;
  return !new RegExp(`\\b${name}\\b`).test(before.slice(declared.index + declared[0].length));
}

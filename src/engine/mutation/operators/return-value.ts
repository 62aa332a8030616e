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
    return others(written, text, spelling).map((other) => replacing(value, other));
  },
};

/** Literals are mutated as such, and a function that is not there only crashes. */
const IS_LITERAL =
  /^(?:true|false|True|False|undefined|void 0|-?[\d.][\w.]*|(["'`])(?:\\.|(?!\1)[^\\])*\1|\[[^[\]]*\]|\{.*\}|(?:async|function|class|lambda)\b.*)$/s;

function others(written: string, text: string, spelling: Spelling): readonly string[] {
  const operators = outerOperators(written);
  if (operators.includes('=>')) return [];
  // What looks like comparisons there are types or tags.
  if (/^(?:new\b|<)|\w<[^()=&]*>\(/.test(written)) return BY_LANGUAGE[spelling.language](written, text);
  if (isTruth(written, operators)) return [spelling.true, spelling.false];
  const whole = { start: 0, end: written.length };
  if (operators.includes('+') && holdsString({ left: whole, right: whole }, written, spelling))
    return emptyText(spelling);
  if (isNumber(written, operators)) return [spelling.language === 'rust' ? 'Default::default()' : '0'];
  return BY_LANGUAGE[spelling.language](written, text);
}

function isTruth(written: string, operators: readonly string[]): boolean {
  const name = /(\w+)!?\((?:[^()]|\([^()]*\))*\)$/.exec(written)?.[1] ?? '';
  if (operators.length === 0) return IS_PREDICATE.test(name);
  // `a || b` alone may be any value.
  const compares = operators.some((operator) => COMPARES.test(operator));
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
const BY_LANGUAGE: Readonly<Record<Spelling['language'], (written: string, text: string) => readonly string[]>> = {
  typescript: unknownOfJavascript,
  javascript: unknownOfJavascript,
  python: (written) => [written === 'None' ? 'True' : 'None'],
  go: (written) => {
    const last = /(?:^|,\s*)((?:\w*[eE]rr(?:or)?\b|fmt\.Errorf\(|errors\.\w+\().*)$/s.exec(written);
    return last?.[1] === undefined ? [] : [`${written.slice(0, written.length - last[1].length)}nil`];
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

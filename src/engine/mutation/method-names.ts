import type { Spelling } from './mutable.ts';

type Names = Readonly<Record<string, string>>;

/** Both ways. */
function pairs(...both: readonly (readonly [string, string])[]): Names {
  return Object.fromEntries(
    both.flatMap(([a, b]) => [
      [a, b],
      [b, a],
    ]),
  );
}

const JAVASCRIPT: Names = {
  ...pairs(
    ['min', 'max'],
    ['floor', 'ceil'],
    ['startsWith', 'endsWith'],
    ['some', 'every'],
    ['push', 'unshift'],
    ['pop', 'shift'],
    ['toUpperCase', 'toLowerCase'],
    ['toLocaleUpperCase', 'toLocaleLowerCase'],
    ['trimStart', 'trimEnd'],
    ['padStart', 'padEnd'],
    ['indexOf', 'lastIndexOf'],
    ['find', 'findLast'],
    ['findIndex', 'findLastIndex'],
    ['reduce', 'reduceRight'],
    ['first', 'last'],
  ),
  round: 'floor',
  add: 'delete',
};

/** The opposite of a method or function that takes and gives the same; by language. */
export const OPPOSITES: Readonly<Record<Spelling['language'], Names>> = {
  typescript: JAVASCRIPT,
  javascript: JAVASCRIPT,
  python: {
    ...pairs(
      ['min', 'max'],
      ['any', 'all'],
      ['startswith', 'endswith'],
      ['upper', 'lower'],
      ['isupper', 'islower'],
      ['lstrip', 'rstrip'],
      ['ljust', 'rjust'],
      ['find', 'rfind'],
      ['index', 'rindex'],
      ['split', 'rsplit'],
      ['partition', 'rpartition'],
      ['removeprefix', 'removesuffix'],
      ['floor', 'ceil'],
      ['union', 'intersection'],
      ['issubset', 'issuperset'],
      ['bisect_left', 'bisect_right'],
      ['nlargest', 'nsmallest'],
      ['first', 'last'],
    ),
    add: 'discard',
    popleft: 'pop',
    appendleft: 'append',
  },
  go: pairs(
    ['min', 'max'],
    ['Min', 'Max'],
    ['Floor', 'Ceil'],
    ['HasPrefix', 'HasSuffix'],
    ['TrimPrefix', 'TrimSuffix'],
    ['TrimLeft', 'TrimRight'],
    ['CutPrefix', 'CutSuffix'],
    ['ToUpper', 'ToLower'],
    ['IsUpper', 'IsLower'],
    ['Index', 'LastIndex'],
    ['IndexByte', 'LastIndexByte'],
    ['IndexAny', 'LastIndexAny'],
    ['Before', 'After'],
    ['PushFront', 'PushBack'],
    ['Front', 'Back'],
  ),
  rust: pairs(
    ['min', 'max'],
    ['min_by', 'max_by'],
    ['min_by_key', 'max_by_key'],
    ['any', 'all'],
    ['floor', 'ceil'],
    ['first', 'last'],
    ['first_mut', 'last_mut'],
    ['split_first', 'split_last'],
    ['front', 'back'],
    ['push_front', 'push_back'],
    ['pop_front', 'pop_back'],
    ['starts_with', 'ends_with'],
    ['strip_prefix', 'strip_suffix'],
    ['trim_start', 'trim_end'],
    ['trim_start_matches', 'trim_end_matches'],
    ['find', 'rfind'],
    ['to_uppercase', 'to_lowercase'],
    ['to_ascii_uppercase', 'to_ascii_lowercase'],
    ['is_some', 'is_none'],
    ['is_ok', 'is_err'],
    ['checked_add', 'checked_sub'],
    ['wrapping_add', 'wrapping_sub'],
    ['saturating_add', 'saturating_sub'],
  ),
  java: {
    ...pairs(
      ['min', 'max'],
      ['floor', 'ceil'],
      ['anyMatch', 'allMatch'],
      ['startsWith', 'endsWith'],
      ['toUpperCase', 'toLowerCase'],
      ['indexOf', 'lastIndexOf'],
      ['stripLeading', 'stripTrailing'],
      ['isBefore', 'isAfter'],
      ['before', 'after'],
      ['first', 'last'],
      ['getFirst', 'getLast'],
      ['addFirst', 'addLast'],
      ['removeFirst', 'removeLast'],
      ['peekFirst', 'peekLast'],
      ['pollFirst', 'pollLast'],
      ['offerFirst', 'offerLast'],
      ['plusDays', 'minusDays'],
      ['plusHours', 'minusHours'],
      ['plusMinutes', 'minusMinutes'],
      ['plusSeconds', 'minusSeconds'],
      ['plusMonths', 'minusMonths'],
      ['plusYears', 'minusYears'],
    ),
    noneMatch: 'anyMatch',
    isPresent: 'isEmpty',
  },
};

/** Methods without which their receiver is still of the same type. */
export const LEAVES_TYPE: Readonly<Record<Spelling['language'], RegExp>> = {
  typescript: /^(?:filter|sort|toSorted|reverse|toReversed|trim|trimStart|trimEnd|toLowerCase|toUpperCase)$/,
  javascript: /^(?:filter|sort|toSorted|reverse|toReversed|trim|trimStart|trimEnd|toLowerCase|toUpperCase)$/,
  python: /^(?:strip|lstrip|rstrip|lower|upper|casefold|title)$/,
  go: /^$/,
  rust: /^(?:abs)$/,
  java: /^(?:filter|sorted|distinct|trim|strip|toLowerCase|toUpperCase|abs|negate|reversed)$/,
};

/** Calls that say whether two things are equal. */
export const IS_EQUAL = /^(?:equals|equalsIgnoreCase|contentEquals|Equal|EqualFold|DeepEqual|deepEqual|isEqual)$/;

/** Calls whose result is true or false by their name. */
export const IS_PREDICATE =
  /^(?:(?:is|has|can|should|was|are|Is|Has|Can|is_|has_|can_)(?:$|[A-Z_])\w*|(?:is|has)_?[a-z]\w*|includes|contains\w*|Contains\w*|starts_?[wW]ith|ends_?[wW]ith|startswith|endswith|HasPrefix|HasSuffix|test|some|every|any|all|anyMatch|allMatch|noneMatch|exists|matches|equals|equalsIgnoreCase|isinstance|issubclass|hasattr|callable)$/;

/** What a session may claim of its work, and the harness can look up. */
export type ClaimKind =
  | 'tests'
  | 'lint'
  | 'types'
  | 'build'
  | 'everything'
  | 'mutants'
  | 'coverage'
  | 'reminders'
  | 'tests-added'
  | 'suppressions'
  | 'committed'
  | 'pushed'
  | 'conflicts'
  | 'finished';

const PASS = '(?:pass(?:es|ed|ing)?|green|succeed(?:s|ed)?|ok(?:ay)?|clean|fine|work(?:s|ing)?)';
const IS = String.raw`\s*[:=]?(?:\s+(?:and|they|it|both|are|is|was|were|now|all|still|again|currently|fully|completely|have|has|been|run|runs|came?|comes|back|goes|went|stay(?:s|ed)?|remain(?:s|ed)?|\w+ly))*\s*`;
const NONE = String.raw`(?:no|zero|0|without(?: any)?)(?:\s+(?:more|new|remaining|known|outstanding|open|left|any|single|further))*`;
const LEFT = String.raw`(?:\s+(?:left|remain(?:s|ing)?|anywhere|any more|now))*`;

const FINDS_NONE = String.raw`\s+(?:now\s+|still\s+)?(?:has|have|reports?|shows?|finds?|gives?|prints?|says?|with|runs? with)\s+(?:no|zero|0|nothing)\b`;

/** English, in the order in which they are tried; each is looked for in one clause. */
export const CLAIMS: readonly (readonly [kind: ClaimKind, pattern: RegExp])[] = [
  [
    'tests',
    new RegExp(
      String.raw`\b(?:tests?|test suites?|specs?|suite|unit tests?|vitest|jest|pytest|mocha|cargo test|go test|npm test)\b(?:\s+(?:in|of|for|under)\s+\S+)?${IS}\b${PASS}\b`,
      'i',
    ),
  ],
  [
    'tests',
    new RegExp(
      String.raw`\b${NONE}\s+(?:(?:tests?|specs?)\s+)?(?:failures?|failed|fails?|regressions?|broken)(?:\s+tests?)?\b`,
      'i',
    ),
  ],
  ['tests', new RegExp(String.raw`\b${NONE}\s+(?:failing|failed|broken|red|flaky)\s+(?:tests?|specs?)\b`, 'i')],
  [
    'tests',
    /\b(?:passing|green)\s+(?:unit\s+|all\s+)?(?:tests?|test suite|suite)\b|\b\d+\s*\/\s*\d+\s+(?:tests?\s+)?pass/i,
  ],
  [
    'tests',
    /\b(?:\d+|all|every)\s+(?:of\s+(?:the|our|them)\s+)?(?:\w+\s+){0,2}(?:tests?|specs?)\s+(?:\w+\s+)?(?:pass(?:es|ed|ing)?|green|succeed)/i,
  ],
  [
    'lint',
    new RegExp(
      String.raw`\b(?:lint(?:er|ers|ing)?|eslint|biome|oxlint|ruff|clippy|golangci(?:-lint)?|flake8|pylint|formatting)\b${IS}\b(?:${PASS}|happy|satisfied|quiet|silent)\b`,
      'i',
    ),
  ],
  [
    'lint',
    new RegExp(
      String.raw`\b${NONE}\s+(?:lint(?:er|ing)?|eslint|biome|ruff|clippy|style)\b(?!-)\s*(?:errors?|warnings?|issues?|findings?|problems?|complaints?|violations?)?${LEFT}`,
      'i',
    ),
  ],
  [
    'lint',
    new RegExp(
      String.raw`\b(?:lint(?:er|ing)?|eslint|biome|oxlint|ruff|clippy|golangci(?:-lint)?|flake8|pylint)\b${FINDS_NONE}`,
      'i',
    ),
  ],
  ['lint', /\b(?:lint|linter)-(?:clean|free)\b|\bclean\s+lint\b/i],
  [
    'types',
    new RegExp(
      String.raw`\b(?:types?|type[- ]?check(?:s|er|ing)?|typings|tsc|mypy|pyright|typescript)\b${IS}\b(?:${PASS}|check(?:s|ed)?(?!\s+by)|happy|sound|correct|compiles?)\b`,
      'i',
    ),
  ],
  [
    'types',
    new RegExp(
      String.raw`\b${NONE}\s+(?:type|typescript|tsc|mypy|typing)(?:\s*-?\s*(?:script|check(?:ing)?))?\s+(?:errors?|issues?|problems?|complaints?)${LEFT}`,
      'i',
    ),
  ],
  ['types', new RegExp(String.raw`\b(?:type[- ]?check(?:er|ing)?|tsc|mypy|pyright|typescript)\b${FINDS_NONE}`, 'i')],
  ['types', /\btype[- ]?(?:safe|clean|correct)\b|\btype[- ]?checks\b(?!\s+(?:fail|are missing))/i],
  [
    'build',
    new RegExp(
      String.raw`\b(?:builds?|compilation|the project|the code|it|everything)\b${IS}\b(?:builds?|compiles?|built|compiled)\b`,
      'i',
    ),
  ],
  ['build', new RegExp(String.raw`\b(?:the\s+)?(?:build|compilation)\b${IS}\b${PASS}\b`, 'i')],
  [
    'build',
    new RegExp(String.raw`\b${NONE}\s+(?:build|compile|compiler|compilation)\s+(?:errors?|warnings?|problems?)`, 'i'),
  ],
  [
    'everything',
    new RegExp(
      String.raw`\b(?:all|every)\s+(?:of\s+)?(?:the\s+)?(?:checks?|gates?|guards?|ci(?:\s+\w+)?|pipelines?|verifications?)${IS}\b(?:${PASS}|done)\b`,
      'i',
    ),
  ],
  [
    'everything',
    new RegExp(
      String.raw`\b(?:ci|the\s+pipeline|the\s+gate|the\s+loop|downforce(?:\s+\w+)?|everything)\b${IS}\b(?:${PASS})\b`,
      'i',
    ),
  ],
  [
    'mutants',
    /\b(?:all|every)\s+(?:of\s+the\s+)?(?:\d+\s+)?mutants?\s+(?:(?:are|is|were|was|have been|has been|got|now)\s+)*(?:killed|noticed|caught|dead|detected)\b/i,
  ],
  [
    'mutants',
    new RegExp(
      String.raw`\b${NONE}\s+(?:mutants?\s+(?:surviv\w+|remain\w*|left|alive)|surviv(?:ing|or)\w*(?:\s+mutants?)?)`,
      'i',
    ),
  ],
  ['mutants', /\b(?:mutation\s+(?:score|coverage)\s+(?:is|of|at|=|:)?\s*(?:now\s+)?100\s*%|100\s*%\s+mutation)/i],
  [
    'coverage',
    /\b(?:100\s*%|full|complete|total)\s+(?:\w+\s+){0,2}coverage\b|\bcoverage\b(?:\s+[\w./]+){0,8}?[\s:=]*\b100\s*%/i,
  ],
  [
    'coverage',
    /\b(?:fully|completely|100\s*%|entirely)\s+(?:covered|tested)\b|\b(?:all|every)\s+(?:\w+\s+){0,3}(?:lines?|branch(?:es)?|paths?|cases?|functions?)\s+(?:(?:are|is|now|has|have|been)\s+)*(?:covered|tested)\b/i,
  ],
  [
    'reminders',
    new RegExp(
      String.raw`\b${NONE}\s+(?:\w+\s+)?(?:todos?|fixmes?|hacks?|xxx|reminders|placeholders?|stubs?)\b${LEFT}`,
      'i',
    ),
  ],
  [
    'reminders',
    /\b(?:all|every)\s+(?:of\s+)?(?:the\s+)?(?:todos?|fixmes?)\s+(?:(?:are|is|were|have|has|been|now)\s+)*(?:resolved|done|removed|gone|fixed|addressed|implemented|finished)\b/i,
  ],
  [
    'tests-added',
    /\b(?:added|wrote|written|created|included|extended|updated|adds|writes|with\s+new)\s+(?:\w+[\s-]+){0,4}?(?:unit[\s-]+|integration[\s-]+|regression[\s-]+)?(?:tests|test\s+cases?|a\s+test|test\s+coverage|specs)\b/i,
  ],
  [
    'tests-added',
    /\btests?\s+(?:(?:are|is|were|was|have|has|been|now)\s+)*(?:added|written|extended|updated|included|in place)\b/i,
  ],
  [
    'suppressions',
    new RegExp(
      String.raw`\b${NONE}\s+(?:\w+\s+)?(?:suppressions?|ignores?|eslint-disable\w*|ts-ignores?|ts-expect-errors?|noqas?|type:\s*ignores?|disable\s+comments?|nolint\w*|skipped\s+tests?|test\s+skips?)`,
      'i',
    ),
  ],
  [
    'committed',
    /\b(?:all|everything|every\s+(?:change|file)|(?:all\s+)?(?:the\s+|my\s+)?(?:changes|work))\s+(?:(?:is|are|was|were|has|have|been|now|safely)\s+)*committed\b/i,
  ],
  [
    'committed',
    new RegExp(
      String.raw`\b(?:working\s+(?:tree|copy|directory)|git\s+status)${IS}\bclean\b|\b${NONE}\s+(?:uncommitted|unstaged|pending)\s+(?:changes?|files?|work)`,
      'i',
    ),
  ],
  [
    'pushed',
    /\b(?:all|everything|changes|branch|commits?|work)\s+(?:(?:is|are|was|were|has|have|been|now)\s+)*pushed\b/i,
  ],
  [
    'conflicts',
    new RegExp(
      String.raw`\b${NONE}\s+(?:merge\s+|rebase\s+)?conflicts?\b|\b(?:merge\s+)?conflicts?\s+(?:(?:are|is|were|was|have|has|been|now|all)\s+)*(?:resolved|solved|gone|fixed)\b`,
      'i',
    ),
  ],
  [
    'finished',
    /\b(?:everything|all(?:\s+(?:the\s+)?(?:items|tasks|work|steps|points)(?:\s+(?:in|of|from|on)\s+(?:the\s+)?\S+)?)?|the\s+(?:task|work|feature|plan|implementation|migration|refactoring))\s+(?:(?:is|are|was|were|has|have|been|now|fully|completely|all)\s+)*(?:done|finished|complete[d]?|implemented|ready)\b/i,
  ],
  [
    'finished',
    new RegExp(
      String.raw`\b(?:nothing|${NONE}\s+(?:work|tasks?|items?|steps?|open\s+(?:items|points|questions)))\s+(?:is\s+|are\s+|else\s+)*(?:left|remains?|remaining|open|missing|to\s+do)\b`,
      'i',
    ),
  ],
];

/** What stands before a claim in its clause and makes it none: a wish, a condition, a plan, a denial. */
const NO_CLAIM =
  /\b(?:not|cannot|can't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|won't|never|nor|neither|hardly|should|shall|will|would|could|might|may|must|needs?|needed|want(?:s|ed)?|hope|hopefully|try|trying|tried|plan|planned|planning|going\s+to|about\s+to|next|todo|to\s+do|until|till|once|when|whenever|if|unless|whether|before|so\s+that|in\s+order\s+to|make\s+sure|ensure|verify|check\s+(?:that|if|whether)|see\s+(?:if|whether|that)|let's|please|expect(?:ed)?|assum(?:e|ed|ing)|some|most|many|few|almost|nearly|except|half|only)\b|n't\b|\bto\s+(?:get|have|keep|make|let|see|add|write|run|fix|finish)\b/i;
/** And what stands behind it. */
const TAKEN_BACK =
  /^\s*(?:[,;(–—-]+\s*)?(?:except|but\s+(?:not|for)|apart\s+from|other\s+than|yet\s+to|is\s+(?:still\s+)?missing|would\s+be|should\s+be|later|next|\?)/i;
const CLAUSE =
  /(?<=[.!?;])\s+|\s+(?:but|however|although|though|whereas|while)\s+|\s*[;–—]\s+|,\s+(?:but|yet|so|then)\s+/i;

/** What sets words off and says nothing. */
const MARKUP = /[*`~"“”✅✔☑]|\p{Variation_Selector}|(?<!\w)_|_(?!\w)/gu;

export interface Claim {
  readonly kind: ClaimKind;
  /** The clause it stands in. */
  readonly text: string;
  /** The words that make it. */
  readonly said: string;
}

/** The claims of one line, each kind once. */
export function findClaims(line: string): readonly Claim[] {
  const claims = new Map<ClaimKind, Claim>();
  for (const clause of line.replace(MARKUP, ' ').split(CLAUSE)) {
    for (const [kind, pattern] of CLAIMS) {
      const match = claims.has(kind) ? null : pattern.exec(clause);
      if (match === null) continue;
      const before = clause.slice(0, match.index);
      const behind = clause.slice(match.index + match[0].length);
      if (NO_CLAIM.test(before) || TAKEN_BACK.test(behind)) continue;
      if (!NEGATED_INSIDE.test(match[0])) claims.set(kind, { kind, text: clause.trim(), said: match[0].trim() });
    }
  }
  return [...claims.values()];
}

/** `tests are not passing` matches by the words between. */
const NEGATED_INSIDE =
  /\b(?:not|never|hardly|barely|rarely|partly|partially|mostly|nearly|only|should|must|shall|will|would|could|might|may|needs?|cannot)\b|n't\b/i;

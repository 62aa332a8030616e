/** What makes a command pass whatever it finds. */
const ESCAPES: readonly (readonly [RegExp, string])[] = [
  [/--pass-?with-?no-?tests\b/i, '--passWithNoTests'],
  [/\|\|\s*(?:true|:|exit\s+0|echo\b[^|;&]*)(?=\s*(?:$|[)"';&|]))/, '|| true'],
  [/;\s*(?:true|exit\s+0)\s*$/, '; true'],
  [/--no-verify\b/, '--no-verify'],
  [/(?:^|\s)-D(?:skipTests|maven\.test\.skip)\b/, '-DskipTests'],
  [/(?:^|\s)-x\s+(?:test|check)\b/, '-x test'],
  [/--exit-zero\b/, '--exit-zero'],
  [/--no-(?:fail|error)-on-\w+|--(?:no-)?exit-code[= ]0\b/, '--no-fail'],
  [/--suppress-all\b|--add-noqa\b/, '--suppress-all'],
];

/** Commands whose failure is a verdict: the rest may well be let fail. */
const VERDICT =
  /\b(tests?|lint|check|verify|types?|tsc|eslint|biome|oxlint|prettier|jest|vitest|mocha|ava|tap|c8|nyc|pytest|tox|nox|unittest|mypy|pyright|ruff|flake8|pylint|black|bandit|coverage|clippy|cargo\s+(?:test|build|check|fmt)|go\s+(?:test|vet|build)|golangci-lint|staticcheck|mvn|gradlew?|semgrep|audit|commit|push|spotless)\b/i;

export interface ScriptEscape {
  /** The whole command without white space at its ends. */
  readonly line: string;
  readonly what: string;
}

/** Escapes in the lines of a script. */
export function scriptEscapes(script: string): readonly ScriptEscape[] {
  return script
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((raw) => {
      const line = raw.replace(/(^|\s)#.*$/, '').trim();
      if (line === '' || !VERDICT.test(line)) return [];
      return ESCAPES.filter(([pattern]) => pattern.test(line)).map(([, what]) => ({ line, what }));
    });
}

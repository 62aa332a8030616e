/** One code of a finding, or a family of them (`lint/*`). docs/findings.md says the same; a test keeps them in step. */
export interface CatalogueEntry {
  readonly code: string;
  readonly meaning: string;
  readonly why: string;
  readonly lift: string;
}

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    code: 'lint/*',
    meaning: 'A linter of the repository reports its rule of that name.',
    why: 'The repository chose the rule; a change should not be the first to break it.',
    lift: 'Mend the code as the linter says. The rule itself is explained by the linter.',
  },
  {
    code: 'lint/parse-error',
    meaning: 'A linter could not parse the file.',
    why: 'What cannot be parsed is not checked by any rule.',
    lift: 'Mend the syntax error at the place named.',
  },
  {
    code: 'types/*',
    meaning: 'A type checker reports an error of that code.',
    why: 'The program says one thing and its types another; one of them is wrong.',
    lift: 'Mend the code or the type; a cast or an ignore comment hides it and is found as such.',
  },
  {
    code: 'test/failed',
    meaning: 'A test failed.',
    why: 'The change breaks what a test promises, or the test promises what the change meant to alter.',
    lift: 'Mend the code; change the test only where its promise was meant to change.',
  },
  {
    code: 'test/suite-error',
    meaning: 'A test file could not be loaded, or failed outside any test.',
    why: 'None of its tests ran: their promises are unchecked.',
    lift: 'Mend the import, syntax or set-up error named.',
  },
  {
    code: 'test/snapshot',
    meaning: 'A snapshot differs, is obsolete, or was not written.',
    why: 'Downforce never updates snapshots: a person decides whether the new output is right.',
    lift: "Look at the difference; if it is meant, update the snapshot with the runner's own command.",
  },
  {
    code: 'build/*',
    meaning: 'The compiler reports an error.',
    why: 'What does not build is not tested.',
    lift: 'Mend the error at the place named.',
  },
  {
    code: 'security/*',
    meaning: 'A security or secret scanner of the repository reports its rule of that name.',
    why: 'A secret that was committed is public; an injection that was merged is reachable.',
    lift: "Remove it (and revoke a secret), or allow it with a reason in the scanner's own configuration.",
  },
  {
    code: 'check/failed',
    meaning: 'A command that is judged by its exit status alone failed.',
    why: 'The repository names the command as a check.',
    lift: 'Run the command named by `downforce explain CHECK` and mend what it says.',
  },
];

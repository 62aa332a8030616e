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
  {
    code: 'boundary/denied',
    meaning: 'An import that a rule of `boundaries` denies.',
    why: 'The rule says why; without one, the direction keeps parts replaceable.',
    lift: 'Import what the rule allows, or change the rule in downforce.jsonc, which is itself a change to be judged.',
  },
  {
    code: 'boundary/not-allowed',
    meaning: 'An import of something that an `allow` rule does not list.',
    why: 'What may be used there is a closed list.',
    lift: 'Use what is listed, or add to the list.',
  },
  {
    code: 'boundary/layer',
    meaning: 'A layer imports one above it, or a sibling, directly or by way of files in no layer.',
    why: 'Layers can be understood and replaced from the bottom up only while nothing points upwards.',
    lift: 'Move the code down, or hand what is needed in from above.',
  },
  {
    code: 'boundary/dependent',
    meaning: 'Parts that are to stay independent reach one another.',
    why: 'Each is to be changed, tested or left out without the others.',
    lift: 'Move what both need to a third place that both may use.',
  },
  {
    code: 'boundary/reachable',
    meaning: 'What a rule denies is reached through other files; the message shows the shortest chain.',
    why: 'A proxy in a third place is the same dependency under another name.',
    lift: 'Break the chain at the step that should not be there.',
  },
  {
    code: 'boundary/circular',
    meaning: 'Imports, or packages of the workspace, lead back to where they started.',
    why: 'What is in a circle can only be loaded, tested and changed together.',
    lift: 'Move what both sides need to a place of its own.',
  },
  {
    code: 'boundary/undeclared',
    meaning: 'A package is imported that no manifest above the file declares.',
    why: 'It is there by accident, through another package, and goes when that one no longer needs it.',
    lift: 'Declare it.',
  },
  {
    code: 'boundary/deep-import',
    meaning: 'An import goes past the `exports` of another package of the workspace.',
    why: 'The package may change what it does not export at any time.',
    lift: 'Export it there, or use what is exported.',
  },
  {
    code: 'boundary/unresolvable',
    meaning: 'A specifier leads to no file or package, and a rule says that it must.',
    why: 'What leads nowhere cannot be judged.',
    lift: 'Mend the specifier.',
  },
  {
    code: 'boundary/computed',
    meaning: 'A specifier is only known at run time, in a file that a rule governs.',
    why: 'No rule can judge it, so it is the way around all of them.',
    lift: 'Choose among literal imports, or say `"computed": "allow"` in the rule.',
  },
  {
    code: 'boundary/named',
    meaning: 'A name under which a denied package is known is imported by another way.',
    why: 'A proxy object is the package under another address.',
    lift: 'Do without it; where the name is innocent, rename it.',
  },
  {
    code: 'boundary/literal',
    meaning: 'A string names what may not be imported here.',
    why: 'Strings are loaded from, dispatched on and compared with: the knowledge is there all the same.',
    lift: 'Let the other side register itself.',
  },
  {
    code: 'boundary/unparseable',
    meaning: 'A file could not be parsed, so what it imports is not known.',
    why: 'Silence would be a pass.',
    lift: 'Mend the file.',
  },
  {
    code: 'boundary/empty-rule',
    meaning: 'A rule of `boundaries` speaks of a scope or glob that matches no file.',
    why: 'After a rename, a rule that holds nothing passes in silence.',
    lift: 'Mend or remove the rule in downforce.jsonc.',
  },
  {
    code: 'suppression/added',
    meaning: 'A comment, annotation or cast that silences a tool is new.',
    why: 'Silencing the check is the cheapest way to look finished.',
    lift: 'Mend what the tool said. A person who wants it waives the finding with a reason.',
  },
  {
    code: 'suppression/widened',
    meaning: 'A suppression silences more than it did: more rules, all rules, or more lines.',
    why: 'The wider it is, the less is checked.',
    lift: 'Name the one rule, on the one line.',
  },
  {
    code: 'suppression/configuration',
    meaning: 'Configuration silences a tool: a rule off, a path excluded, strictness lowered, a failure ignored.',
    why: 'It is the widest suppression of all, and the least seen.',
    lift: 'Take it back, or let a person decide it as a change of its own.',
  },
  {
    code: 'tests/unchanged',
    meaning: 'Runtime code changed, and no test changed in substance.',
    why: 'Nothing then says that the new behaviour is right, or that it will stay.',
    lift: 'Add or change a test that fails without the change.',
  },
  {
    code: 'size/file',
    meaning: 'A file is newly over the limit of lines, or was over it and has grown.',
    why: 'Neither a person nor an agent reads such a file whole.',
    lift: 'Move the second thing that lives in it to a file of its own.',
  },
  {
    code: 'mutant/survived',
    meaning: 'A changed line was broken on purpose, tests ran it, and none of them failed.',
    why: 'The line may be wrong in just that way, and nobody would hear of it.',
    lift: 'Strengthen one of the tests named until it fails with the change shown. Where no test could tell the two apart, a person waives the mutant with a reason.',
  },
  {
    code: 'mutant/no-coverage',
    meaning: 'Changed lines that no test runs.',
    why: 'Whatever they do, no test says that it is right.',
    lift: 'Write a test that runs them, or set `mutation.noCoverage` to "warn" where that is not wanted.',
  },
  {
    code: 'waiver/added',
    meaning: 'A waiver that is new in the change.',
    why: "What it lets stay is a person's decision, and a decision is there to be reviewed.",
    lift: 'Nothing to mend. Read the reason, and remove the entry if it does not convince.',
  },
  {
    code: 'waiver/lapsed',
    meaning: 'A waiver whose code has changed since: it lets nothing stay any more.',
    why: 'The reason was given for other code.',
    lift: 'Remove the entry, or waive anew what is still found.',
  },
];

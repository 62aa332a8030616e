import type { RelayFacts } from './facts.ts';
import { code } from './quote.ts';

/** The prompt that asks the present session for what no harness can know. */
export function askPrompt({ name, history, tree }: Pick<RelayFacts, 'name' | 'history' | 'tree'>): string {
  const of = `${code(name)}${history.branch === undefined ? '' : `, branch ${code(history.branch)}`}`;
  return `Write your part of a hand-off for the session that takes over this work (${of}, tree \`${tree}\`). It knows nothing of this conversation.
git and the harness tell it by themselves which files and commits there are, which checks and mutants pass or fail, and the rules: leave all that out.
Tell only what you alone know, as Markdown with these headings and one short line a bullet, 400 words at most in all:

## What I was asked for
The goal in the user's own terms, and what they refused or insisted on.

## What I was about to do
The very next step, then those after it, in order; with file and function.

## What I tried and dropped
What did not work and why, so that nobody tries it again.

## What I decided, and why
Choices that the code does not explain by itself.

## What I am not sure of
Guesses, things left unverified, traps, odd behaviour seen.

Claim nothing that you have not seen: whatever you say of tests, types, lint or coverage is checked against the harness's own runs, and what they contradict is marked. No secrets. Do not change any file for this. Answer with the Markdown alone.
`;
}

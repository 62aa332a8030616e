import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { z } from 'zod';
import { ExpectedError } from '../errors.ts';
import { cut, positionAt } from '../text.ts';
import { describeIssue, type Mistake, plainValue } from './describe-issue.ts';
import { findJsonProblems } from './json-problems.ts';

/** A file of ours that people write by hand. */
export interface JsoncFile {
  readonly text: string;
  /** The name to show in messages. */
  readonly name: string;
  /** What the whole of it is: `the configuration`. */
  readonly noun: string;
  /** What to do where it is wrong. */
  readonly hint: string;
}

export interface ReadJsonc<T> {
  readonly data: T;
  readonly tree: Node;
  /** An error that names these mistakes with their places. */
  refuse(mistakes: readonly Mistake[]): ExpectedError;
}

/**
 * JSON with comments, checked against a schema.
 * @throws ExpectedError naming every mistake with its place, what is allowed, and the nearest right word.
 */
export function readJsonc<S extends z.ZodType>(file: JsoncFile, schema: S): ReadJsonc<z.output<S>> {
  const json = file.text.replace(/^\uFEFF/, '');
  const refuse = (mistakes: readonly Mistake[]): ExpectedError => invalid(mistakes, json, file);
  // Looked for first: the parser would go down with the text, however deep.
  const problems = findJsonProblems(json);
  const tree = problems.length === 0 ? parse(json, refuse) : undefined;
  if (tree === undefined) throw refuse(problems);
  const { data, error } = schema.safeParse(plainValue(tree));
  if (error !== undefined) throw refuse(error.issues.flatMap((issue) => describeIssue(issue, tree, schema)));
  return { data, tree, refuse };
}

function parse(json: string, refuse: ReadJsonc<unknown>['refuse']): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { allowTrailingComma: true, disallowComments: false });
  const [broken] = errors;
  if (broken === undefined && tree !== undefined) return tree;
  const what = broken === undefined ? 'is empty' : printParseErrorCode(broken.error);
  throw refuse([{ offset: broken?.offset ?? 0, message: `not JSON with comments: ${what}` }]);
}

const MAX_MISTAKES = 8;
const MAX_LENGTH = 600;

function invalid(mistakes: readonly Mistake[], json: string, { name, noun, hint }: JsoncFile): ExpectedError {
  const shown = mistakes.slice(0, MAX_MISTAKES).map(({ offset, message }) => {
    const { line, column } = positionAt(json, offset);
    return `${name}:${line}:${column}: ${cut(message.replace(/^the configuration\b/, noun), MAX_LENGTH)}`;
  });
  const more = mistakes.length > shown.length ? [`… and ${mistakes.length - shown.length} more`] : [];
  return new ExpectedError('config/invalid', [...shown, ...more].join('\n'), hint);
}

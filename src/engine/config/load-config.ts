import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type Config, configSchema } from '../../protocol/config.ts';
import { ExpectedError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { cut, positionAt } from '../text.ts';
import { describeIssue, type Mistake, offsetOf, plainValue } from './describe-issue.ts';
import { dotted, findJsonProblems, shortKey } from './json-problems.ts';

/**
 * Reads `downforce.jsonc`.
 * @param file the name to show in messages.
 * @throws ExpectedError naming every mistake with its place, what is allowed, and the nearest right word.
 */
export function parseConfig(text: string, file: string): Config {
  const json = text.replace(/^\uFEFF/, '');
  const refuse = (mistakes: readonly Mistake[]): ExpectedError => invalid(mistakes, json, file);
  // Looked for first: the parser would go down with the text, however deep.
  const problems = findJsonProblems(json);
  const tree = problems.length === 0 ? parse(json, refuse) : undefined;
  if (tree === undefined) throw refuse(problems);
  const { data, error } = configSchema.safeParse(plainValue(tree));
  if (error !== undefined) throw refuse(error.issues.flatMap((issue) => describeIssue(issue, tree)));
  const unknown = findUnknownScopes(data, tree);
  if (unknown.length > 0) throw refuse(unknown);
  return data;
}

function parse(json: string, refuse: (mistakes: readonly Mistake[]) => ExpectedError): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { allowTrailingComma: true, disallowComments: false });
  const [broken] = errors;
  if (broken === undefined && tree !== undefined) return tree;
  const what = broken === undefined ? 'is empty' : printParseErrorCode(broken.error);
  throw refuse([{ offset: broken?.offset ?? 0, message: `not JSON with comments: ${what}` }]);
}

/** Scopes that are named here replace those detected, so one can only need another of them. */
function findUnknownScopes({ scopes }: Config, tree: Node): readonly Mistake[] {
  const ids = Object.keys(scopes);
  return Object.entries(scopes).flatMap(([id, { dependsOn }]) =>
    dependsOn.flatMap((needed, index) => {
      if (Object.hasOwn(scopes, needed)) return [];
      const near = nearestWord(shortKey(needed), ids);
      const advice = near === undefined ? `there are: ${ids.slice(0, 20).join(', ')}` : `did you mean "${near}"?`;
      const path = ['scopes', id, 'dependsOn', index];
      const message = `${dotted(path)} is ${JSON.stringify(shortKey(needed))}, which is no scope; ${advice}`;
      return [{ offset: offsetOf(tree, path), message }];
    }),
  );
}

const MAX_MISTAKES = 8;
const MAX_LENGTH = 600;

function invalid(mistakes: readonly Mistake[], json: string, file: string): ExpectedError {
  const shown = mistakes.slice(0, MAX_MISTAKES).map(({ offset, message }) => {
    const { line, column } = positionAt(json, offset);
    return `${file}:${line}:${column}: ${cut(message, MAX_LENGTH)}`;
  });
  const more = mistakes.length > shown.length ? [`… and ${mistakes.length - shown.length} more`] : [];
  return new ExpectedError(
    'config/invalid',
    [...shown, ...more].join('\n'),
    `Mend ${file}, or remove it to go without configuration.`,
  );
}

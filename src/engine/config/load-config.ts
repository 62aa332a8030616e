import type { Node } from 'jsonc-parser';
import { type Config, configSchema } from '../../protocol/config.ts';
import { nearestWord } from '../nearest-word.ts';
import { type Mistake, offsetOf } from './describe-issue.ts';
import { dotted, shortKey } from './json-problems.ts';
import { readJsonc } from './read-jsonc.ts';

/**
 * Reads `downforce.jsonc`.
 * @param file the name to show in messages.
 * @throws ExpectedError naming every mistake with its place, what is allowed, and the nearest right word.
 */
export function parseConfig(text: string, file: string): Config {
  const hint = `Mend ${file}, or remove it to go without configuration.`;
  const { data, tree, refuse } = readJsonc({ text, name: file, noun: 'the configuration', hint }, configSchema);
  const unknown = findUnknownScopes(data, tree);
  if (unknown.length > 0) throw refuse(unknown);
  return data;
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

import type { BoundaryRule } from '../../protocol/boundary-rules.ts';
import type { Config } from '../../protocol/config.ts';
import { compileRules, fileEnds } from '../guards/boundaries/rules.ts';
import { levelOf } from '../guards/run-guards.ts';
import type { ScopeMap } from '../scopes/scope.ts';
import type { RuleFacts, TouchedFile } from './facts.ts';
import { codes } from './quote.ts';

const ENDS = 8;

/** The boundaries that speak of a changed file, of either end. */
export function gatherRules(
  config: Config,
  scopes: ScopeMap,
  files: readonly (Pick<TouchedFile, 'path'> & Partial<TouchedFile>)[],
): readonly RuleFacts[] {
  const compiled = compileRules(config.boundaries, scopes);
  return config.boundaries.flatMap((rule, index): RuleFacts[] => {
    const own = compiled[index];
    const concerned = own !== undefined && files.some(({ path }) => fileEnds(own).some((end) => end.matchesFile(path)));
    return concerned ? [{ index, text: inWords(rule), because: rule.because }] : [];
  });
}

function inWords(rule: BoundaryRule): string {
  const list = (texts: readonly string[]): string => codes(texts, ENDS);
  if ('deny' in rule) {
    const except = rule.except === undefined ? '' : ` (except ${list(rule.except)})`;
    const far = rule.reachable ? ', not even through other files' : '';
    return `${list(rule.from)} may not import ${list(rule.deny)}${except}${far}`;
  }
  if ('allow' in rule) return `${list(rule.from)} may import ${list(rule.allow)} and themselves, nothing else`;
  if ('layers' in rule) {
    const layers = rule.layers.map((layer) => (typeof layer === 'string' ? list([layer]) : `[${list(layer)}]`));
    return `layers, each may import only those after it, siblings in brackets not each other: ${layers.join(' → ')}`;
  }
  if ('independent' in rule) return `none of ${list(rule.independent)} may reach another`;
  if ('circular' in rule) return `no import circle in ${list(rule.circular)}`;
  const denied = [
    ...(rule.unresolvable === undefined ? [] : ['an import that leads to no file']),
    ...(rule.computed === undefined ? [] : ['an import that is only known at run time']),
  ];
  return `in ${list(rule.from)} no ${denied.join(', and no ')}`;
}

const WORDS = { block: 'blocks', warn: 'warns' } as const;

/** What the guards and mutants hold a change to, in a line each. */
export function gatherLimits(config: Config): readonly string[] {
  const said = (id: string, text: string): string[] => {
    const level = levelOf(id, config);
    return level === 'off' ? [] : [`${text} (\`${id}\` ${WORDS[level]})`];
  };
  const { lines } = config.guards['file-size'];
  const { noCoverage, requireChangedTests } = config.mutation;
  return [
    ...said('changed-tests', 'Runtime code that changes needs a test that changes in substance'),
    ...said('suppressions', 'No new comment or setting that silences a tool'),
    ...said('file-size', `No file newly over ${lines} lines, or over them and grown`),
    ...said('waivers', 'A waiver is a person’s word: an agent may not write one'),
    ...(noCoverage === 'off'
      ? []
      : [`A changed line that no test runs ${noCoverage === 'block' ? 'fails' : 'is shown by'} \`mutate\``]),
    ...(requireChangedTests ? ['`mutate` and `gate` fail where runtime code changed and no test did'] : []),
  ];
}

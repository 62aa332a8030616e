import { type ParseError, parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { parseIni } from '../../tools/config-text.ts';

/** One value of a parsed configuration. */
export interface Leaf {
  /** `tool.ruff.lint.ignore[]`: positions in lists do not show, so that order is no difference. */
  readonly path: string;
  readonly value: string | number | boolean;
  /** What the list entry around it calls itself: the name of a step of CI. */
  readonly label: string;
}

/** What aliases may add to what is written out. */
const MAX_ALIASED = 100_000;

/** All values of a configuration file; undefined where it is code, broken, endless or of an unknown kind. Never throws. */
export function readLeaves(path: string, text: string): readonly Leaf[] | undefined {
  const structure = parse(path, text);
  if (structure === undefined) return undefined;
  const found: Leaf[] = [];
  // What is written out takes a character at least.
  let left = text.length + MAX_ALIASED;
  for (const leaf of flatten(structure, '', '', [])) {
    if (left-- === 0) return undefined;
    if (leaf !== undefined) found.push(leaf);
  }
  return found;
}

function parse(path: string, text: string): unknown {
  try {
    if (
      /\.(jsonc?|json5)$|(^|\/)\.[a-z]+rc$/i.test(path) &&
      /^\s*[{[]/.test(text.replace(/^[^\S\n\r]*\/[/*].*$/gm, ''))
    )
      return parseJson(text);
    if (path.endsWith('.toml')) return parseToml(text);
    if (/\.ya?ml$/.test(path)) return parseYaml(text, { logLevel: 'silent' });
    if (/\.(cfg|ini)$|(^|\/)\.(flake8|coveragerc|pylintrc)$/.test(path)) return listed(parseIni(text));
    return undefined;
  } catch {
    // The tool whose configuration it is tells what is wrong with it.
    return undefined;
  }
}

function parseJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parseJsonc(text, errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : value;
}

/** Lists of INI files are lines or words between commas. */
function listed(sections: Readonly<Record<string, Readonly<Record<string, string>>>>): unknown {
  const values = (value: string): unknown =>
    /[\n,]/.test(value)
      ? value.split(/[\n,]+/).map((part) => part.replace(/\s[#;].*$/, '').trim())
      : scalar(value.replace(/\s[#;].*$/, '').trim());
  return Object.fromEntries(
    Object.entries(sections).map(([name, keys]) => [
      name,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.trim(), values(value)])),
    ]),
  );
}

function scalar(value: string): unknown {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  if (/^(true|yes|on)$/i.test(value)) return true;
  return /^(false|no|off)$/i.test(value) ? false : value;
}

/** Deeper than any configuration goes. */
const MAX_DEPTH = 30;

/**
 * One step a value, so that they can be counted.
 * @param around what the value is part of: YAML may refer to itself, and twice in each round at that
 */
function* flatten(
  value: unknown,
  path: string,
  label: string,
  around: readonly unknown[],
): Generator<Leaf | undefined> {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  yield isPlain && value !== '' ? { path, value, label } : undefined;
  if (around.length === MAX_DEPTH || around.includes(value)) return;
  const inside = [...around, value];
  if (Array.isArray(value)) {
    for (const item of value) yield* flatten(item, `${path}[]`, labelOf(item) ?? label, inside);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      yield* flatten(item, path === '' ? key : `${path}.${key}`, label, inside);
  }
}

function labelOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const named = Object.entries(item).filter(([, value]) => typeof value === 'string');
  const found = ['name', 'id', 'module', 'uses', 'run', 'files', 'path'].flatMap((key) =>
    named.filter(([name]) => name === key).map(([, value]) => String(value)),
  );
  return found[0]?.split('\n')[0]?.replace(/@[\w.]+$/, '');
}

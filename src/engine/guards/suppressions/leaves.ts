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

/** All values of a configuration file; undefined where it is code, broken or of an unknown kind. Never throws. */
export function readLeaves(path: string, text: string): readonly Leaf[] | undefined {
  const structure = parse(path, text);
  return structure === undefined ? undefined : [...flatten(structure, '', '', 0)];
}

function parse(path: string, text: string): unknown {
  try {
    if (/\.(jsonc?|json5)$|(^|\/)\.[a-z]+rc$/i.test(path) && /^\s*[{[]/.test(text.replace(/^\s*\/[/*].*$/gm, '')))
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

/** Deeper than any configuration goes; YAML may refer to itself. */
const MAX_DEPTH = 30;

function* flatten(value: unknown, path: string, label: string, depth: number): Generator<Leaf> {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    if (value !== '') yield { path, value, label };
  } else if (depth < MAX_DEPTH && Array.isArray(value)) {
    for (const item of value) yield* flatten(item, `${path}[]`, labelOf(item) ?? label, depth + 1);
  } else if (depth < MAX_DEPTH && typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      yield* flatten(item, path === '' ? key : `${path}.${key}`, label, depth + 1);
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

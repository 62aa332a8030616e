import { readConfig } from './config-text.ts';
import { flagValue } from './flags.ts';
import { findLiteralLists } from './literal-lists.ts';
import { isDeclared } from './node-program.ts';
import { asRecord, asStrings } from './records.ts';
import type { Workspace } from './tool.ts';

const SCRIPTS = ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte', 'astro'];

/** Languages that plug-ins add, told by their names in the configuration. */
const PLUGINS: readonly (readonly [name: RegExp, extensions: readonly string[]])[] = [
  [/@eslint\/json|eslint-plugin-json/, ['json', 'jsonc', 'json5']],
  [/@eslint\/markdown|eslint-plugin-markdown/, ['md']],
  [/@eslint\/css/, ['css']],
  [/eslint-plugin-yml/, ['yml', 'yaml']],
];

interface Configured {
  readonly dir: string;
  readonly flat: boolean;
  readonly config: readonly string[];
}

/**
 * Paths that ESLint may have to read. A flat configuration passes over files it has no rules for; the old kind
 * parses every file it is given, so there only what the configuration or `--ext` names may be given.
 */
export function eslintExtensions(workspace: Workspace, place: Configured, flags: readonly string[]): RegExp {
  const texts = place.config.map((path) => workspace.tree.read(path) ?? '').join('\n');
  const plugins = PLUGINS.flatMap(([name, extensions]) => (name.test(texts) ? extensions : []));
  const own = place.flat ? SCRIPTS : legacyExtensions(workspace, place, flags);
  return new RegExp(`\\.(?:${[...own, ...plugins].join('|')})$`);
}

function legacyExtensions(workspace: Workspace, place: Configured, flags: readonly string[]): readonly string[] {
  const option = (flagValue(flags, '--ext') ?? 'js').split(',').map((extension) => extension.trim().replace(/^\./, ''));
  const overrides = place.config.flatMap((path) => overridePatterns(workspace, path)).flatMap(extensionsOf);
  // Whoever installs the parser lints TypeScript, though a shared configuration may be what says so.
  const typescript = isDeclared(workspace, '@typescript-eslint/parser', place.dir) ? ['ts', 'tsx'] : [];
  return [...option, ...overrides, ...typescript].filter((extension) => /^\w+$/.test(extension));
}

function overridePatterns(workspace: Workspace, path: string): readonly string[] {
  if (/\.[cm]?js$/.test(path)) {
    const lists = findLiteralLists(workspace.tree.read(path) ?? '');
    return lists.filter(({ keys }) => keys.at(-1) === 'files').flatMap(({ values }) => values);
  }
  const config = readConfig(workspace.tree, path);
  const section = path.endsWith('package.json') ? asRecord(config['eslintConfig']) : config;
  const overrides = section['overrides'];
  return Array.isArray(overrides) ? overrides.flatMap((override) => asStrings(asRecord(override)['files'])) : [];
}

function extensionsOf(pattern: string): readonly string[] {
  const match = /\.(?:\{([\w,]+)\}|(\w+))$/.exec(pattern);
  return (match?.[1] ?? match?.[2] ?? '').split(',');
}

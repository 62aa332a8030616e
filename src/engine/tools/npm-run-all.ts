const WITH_VALUE = new Set(['--max-parallel', '--npm-path', '--names', '-n', '--prefix', '-c', '--kill-others-on']);

/**
 * For `npm-run-all`, `run-s`, `run-p` and `concurrently`: what they run, each a script's name with its arguments or a
 * command line, given the scripts there are. Undefined for other programs.
 */
export function createScriptPicker(
  program: string,
  args: readonly string[],
): ((names: readonly string[]) => readonly string[]) | undefined {
  if (program === 'concurrently') return (names) => operandsOf(args).flatMap((line) => pickConcurrently(line, names));
  if (!['npm-run-all', 'run-s', 'run-p', 'npm-run-all2'].includes(program)) return undefined;
  const patterns = operandsOf(args.filter((word) => word !== '-n' && word !== '-c'));
  return (names) => patterns.flatMap((pattern) => pickScripts(pattern, names));
}

function operandsOf(args: readonly string[]): readonly string[] {
  return args.filter((word, index) => !word.startsWith('-') && !WITH_VALUE.has(args[index - 1] ?? ''));
}

function pickConcurrently(line: string, names: readonly string[]): readonly string[] {
  const script = /^(?:npm|yarn|pnpm|bun|node):(.+)$/.exec(line)?.[1];
  return script === undefined ? [line] : pickScripts(script, names);
}

/** `lint:*` names scripts one level deep, `lint:**` all below. */
function pickScripts(pattern: string, names: readonly string[]): readonly string[] {
  const [glob = '', ...extra] = pattern.split(' ');
  const source = glob
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^:]*'));
  const matcher = new RegExp(`^${source}$`);
  return names.filter((name) => matcher.test(name)).map((name) => [name, ...extra].join(' '));
}

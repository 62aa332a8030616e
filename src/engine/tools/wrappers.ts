import { nameOf } from './folders.ts';

const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** Programs that only run the command behind them, with their options that take a word. */
const WRAPPERS: Readonly<Record<string, readonly string[]>> = {
  'cross-env': [],
  'cross-env-shell': [],
  env: ['-u', '--unset', '-C', '--chdir'],
  dotenv: ['-e', '-p', '-v', '-c'],
  dotenvx: ['-f', '--env-file', '-e', '--env', '--convention'],
  'env-cmd': ['-f', '--file', '-e', '--environments', '-r', '--rc-file'],
  corepack: [],
  time: [],
  exec: [],
  command: [],
  nohup: [],
  'xvfb-run': ['-s', '--server-args', '-n'],
  c8: coverageOptions(),
  nyc: coverageOptions(),
};

function coverageOptions(): readonly string[] {
  const long = 'reporter reports-dir report-dir temp-directory include exclude extension src lines branches functions';
  const more = 'statements config cwd clean-on-exit exclude-node-modules allowExternal nycrc-path require watermarks';
  return ['-r', '-x', '-n', '-o', '-e', '-i', '-t', '-c', ...`${long} ${more}`.split(' ').map((name) => `--${name}`)];
}

export interface Unwrapped {
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** Takes environment assignments and wrappers (coverage, dotenv, cross-env) off a command. */
export function unwrap(command: readonly string[]): Unwrapped {
  const env: Record<string, string> = {};
  let words = command;
  for (;;) {
    const first = words[0];
    if (first === undefined) break;
    const assignment = ASSIGNMENT.exec(first);
    const options = Object.hasOwn(WRAPPERS, first) ? WRAPPERS[first] : undefined;
    if (assignment !== null) {
      env[assignment[1] ?? ''] = assignment[2] ?? '';
      words = words.slice(1);
    } else if (first === '!' || first === '{') words = words.slice(1);
    else if (options !== undefined) words = skipOptions(words.slice(1), first === 'dotenvx' ? 'run' : '', options);
    else break;
  }
  return unwrapNode({ env, words });
}

function skipOptions(words: readonly string[], subcommand: string, withValue: readonly string[]): readonly string[] {
  let index = words[0] === subcommand ? 1 : 0;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') return words.slice(index + 1);
    if (!word.startsWith('-')) break;
    if (withValue.includes(word)) index += 1;
  }
  return words.slice(index);
}

/** `node --flag node_modules/jest/bin/jest.js` is jest with Node's flags in the environment. */
function unwrapNode({ env, words }: Unwrapped): Unwrapped {
  const index = words.findIndex((word) => /(?:^|\/)node_modules\//.test(word) && !word.startsWith('-'));
  if (words[0] !== 'node' || index < 1) return programPath({ env, words });
  const path = words[index] ?? '';
  const program = /node_modules\/(?:\.bin\/([^/]+)|((?:@[^/]+\/)?[^/]+)\/)/.exec(path);
  const name = program?.[1] ?? nameOf(program?.[2] ?? path);
  const flags = [env['NODE_OPTIONS'], ...words.slice(1, index)].filter((flag) => flag !== undefined && flag !== '');
  const options = flags.length === 0 ? {} : { NODE_OPTIONS: flags.join(' ') };
  return { env: { ...env, ...options }, words: [name, ...words.slice(index + 1)] };
}

/** `./node_modules/.bin/mocha` is `mocha`. */
function programPath({ env, words }: Unwrapped): Unwrapped {
  const [program = '', ...args] = words;
  const name = /(?:^|\/)node_modules\/\.bin\/([^/]+)$/.exec(program)?.[1];
  return name === undefined ? { env, words } : { env, words: [name, ...args] };
}

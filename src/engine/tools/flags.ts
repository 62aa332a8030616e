/** What to do with the options of a command that a script gives. Names as written, `--config` or `-c`. */
export interface FlagRules {
  /** Kept, with the word that follows. */
  readonly keepValue?: readonly string[];
  readonly keep?: readonly string[];
  /** Dropped, with the word that follows. */
  readonly dropValue?: readonly string[];
  readonly drop?: readonly string[];
  /** What happens to options no list names; `--name=value` is one word, others are taken as switches. */
  readonly unknown: 'keep' | 'drop';
}

export interface ReadFlags {
  readonly kept: readonly string[];
  readonly operands: readonly string[];
  /** All options seen, without values, for questions such as "is it a dry run". */
  readonly names: ReadonlySet<string>;
}

export function readFlags(args: readonly string[], rules: FlagRules): ReadFlags {
  const kept: string[] = [];
  const operands: string[] = [];
  const names = new Set<string>();
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (word === '--') {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const name = word.split('=', 1)[0] ?? word;
    names.add(name);
    const takesValue = takes(rules, name) && !word.includes('=');
    const words = takesValue ? args.slice(index, index + 2) : [word];
    if (takesValue) index += 1;
    if (isKept(rules, name)) kept.push(...words);
  }
  return { kept, operands, names };
}

function takes(rules: FlagRules, name: string): boolean {
  return (rules.keepValue?.includes(name) ?? false) || (rules.dropValue?.includes(name) ?? false);
}

function isKept(rules: FlagRules, name: string): boolean {
  if (rules.keepValue?.includes(name) || rules.keep?.includes(name)) return true;
  if (rules.dropValue?.includes(name) || rules.drop?.includes(name)) return false;
  return rules.unknown === 'keep';
}

/** The values of an option in a list of words, whether `--name value` or `--name=value`. */
export function flagValues(words: readonly string[], ...names: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const next = words[index + 1];
    if (names.includes(word)) return next === undefined ? [] : [next];
    const name = names.find((candidate) => word.startsWith(`${candidate}=`));
    return name === undefined ? [] : [word.slice(name.length + 1)];
  });
}

export function flagValue(words: readonly string[], ...names: readonly string[]): string | undefined {
  return flagValues(words, ...names)[0];
}

/** What setup.cfg and setup.py say, as far as literals go. */
import { stringEnd } from './lex.ts';

export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Sections with their options; values of several lines keep the line breaks. */
export function readIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let option: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    const header = /^\[([^\]]*)\]/.exec(line);
    const pair = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (header !== null) {
      section = new Map();
      sections.set(header[1] ?? '', section);
      option = undefined;
    } else if (/^\s/.test(line) && option !== undefined)
      section.set(option, `${section.get(option) ?? ''}\n${line.trim()}`);
    else if (pair !== null) {
      option = (pair[1] ?? '').toLowerCase();
      section.set(option, pair[2] ?? '');
    }
  }
  return sections;
}

export interface SetupFile {
  readonly name: string | undefined;
  readonly requirements: readonly string[];
}

export function readSetupCfg(text: string): SetupFile {
  const ini = readIni(text);
  const options = ini.get('options');
  const lists = [options?.get('install_requires'), options?.get('setup_requires'), options?.get('tests_require')];
  const extras = [...(ini.get('options.extras_require')?.values() ?? [])];
  return {
    name: ini.get('metadata')?.get('name')?.trim(),
    requirements: [...lists, ...extras].flatMap((list) => (list ?? '').split('\n')),
  };
}

/** Reads `name="…"` and the literal lists of requirements; what is computed is left out. */
export function readSetupPy(text: string): SetupFile {
  const requirements: string[] = [];
  for (const match of text.matchAll(/\b(?:install_requires|extras_require|tests_require|setup_requires)\s*=\s*[[{]/g)) {
    requirements.push(...stringsInBrackets(text, match.index + match[0].length - 1));
  }
  return { name: /\bname\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1], requirements };
}

/** All strings in the brackets at `open`, the keys of a dict left out. */
function stringsInBrackets(text: string, open: number): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '[' || character === '{' || character === '(') depth++;
    else if ((character === ']' || character === '}' || character === ')') && --depth === 0) return found;
    else if (character === '"' || character === "'") {
      const { end } = stringEnd(text, at, false);
      if (!/^\s*:/.test(text.slice(end, end + 20))) found.push(text.slice(at + 1, end - 1));
      at = Math.max(at, end - 1);
    } else if (character === '#') at = Math.max(at, text.indexOf('\n', at));
  }
  return found;
}

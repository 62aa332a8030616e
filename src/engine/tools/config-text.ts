import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { Tree } from '../ports.ts';
import { asRecord, type JsonRecord } from './records.ts';

/** A configuration file as a record, by its ending; empty where it is missing, broken or code. Never throws. */
export function readConfig(tree: Tree, path: string): JsonRecord {
  const text = tree.read(path);
  if (text === undefined) return {};
  try {
    if (path.endsWith('.toml')) return asRecord(parseToml(text));
    if (/\.ya?ml$/.test(path)) return asRecord(parseYaml(text));
    return asRecord(parseJsonc(text, [], { allowTrailingComma: true }));
  } catch {
    // The tool itself says what is wrong with its configuration; here it only names no files.
    return {};
  }
}

/** Sections of an INI file, values joined over continuation lines. Keys and sections as written. */
export function parseIni(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  let key: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(line) || line.trim() === '') continue;
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const pair = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (header !== undefined) {
      section = {};
      sections[header] = section;
      key = undefined;
    } else if (/^\s/.test(line) && key !== undefined) {
      section[key] = `${section[key] ?? ''}\n${line.trim()}`;
    } else if (pair !== null) {
      key = pair[1] ?? '';
      section[key] = pair[2] ?? '';
    }
  }
  return sections;
}

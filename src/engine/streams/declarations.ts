/** What a file defines at its top level. */
export interface Declaration {
  /** As others name it; `default` for a default export without a name, `*` for all that another file exports. */
  readonly name: string;
  /** Whether other files may name it. Where a language has no such word, everything may be named. */
  readonly exported: boolean;
  /** From its beginning to the next, blanks made one. */
  readonly text: string;
}

interface Start {
  /** Empty for a statement that defines nothing and ends what stands before it. */
  readonly names: readonly string[];
  readonly exported: boolean;
}

interface Syntax {
  readonly extensions: RegExp;
  /** What a line that begins in the first column begins; undefined where it goes on with what is open. */
  startOf(line: string): Start | undefined;
  /** Names that are exported elsewhere than where they are defined. */
  exportedLater?(text: string): readonly string[];
}

const JAVASCRIPT: Syntax = {
  extensions: /\.([cm]?[jt]sx?|vue|svelte|astro)$/,
  startOf: startOfJavascript,
  exportedLater: (text) =>
    [
      ...text.matchAll(
        /^(?:export\s*(?:type\s*)?|module\.exports\s*=\s*)\{([^}]*)\}|^(?:export default|module\.exports\s*=)\s+([\w$]+)\s*;?$/gm,
      ),
    ].flatMap(([, list, single]) => [
      ...(list ?? '').split(',').map(
        (one) =>
          one
            .trim()
            .replace(/^type\s+/, '')
            .split(/[\s:]/)[0] ?? '',
      ),
      single ?? '',
    ]),
};

const PYTHON: Syntax = {
  extensions: /\.pyi?$/,
  startOf: (line) => {
    const name = /^(?:async\s+)?(?:def|class)\s+(\w+)/.exec(line)?.[1] ?? /^(\w+)\s*(?::[^=]+)?=(?!=)/.exec(line)?.[1];
    if (name !== undefined) return { names: [name], exported: true };
    return /^[)\]}#]/.test(line) || /^("""|''')/.test(line) ? undefined : NOTHING;
  },
};

const GO: Syntax = {
  extensions: /\.go$/,
  startOf: (line) => {
    const method = /^func\s*\([^)]*\)\s*(\w+)/.exec(line)?.[1];
    const name =
      method ?? /^(?:func|type|var|const)\s+(\w+)/.exec(line)?.[1] ?? /^\t(\w+)(?:,\s*\w+)*\s+[^:]*=/.exec(line)?.[1];
    if (name !== undefined) return { names: [name], exported: true };
    return /^[a-z]/.test(line) ? NOTHING : undefined;
  },
};

const RUST: Syntax = {
  extensions: /\.rs$/,
  startOf: (line) => {
    const item =
      /^(?:pub(?:\([^)]*\))?\s+)?(?:(?:default|async|unsafe|const|extern(?:\s+"[^"]*")?)\s+)*(?:fn|struct|enum|union|trait|type|static|const|mod|macro_rules!)\s+(\w+)/.exec(
        line,
      );
    const implemented = /^(?:unsafe\s+)?impl(?:<.*?>)?\s+(?:.*\sfor\s+)?&?(?:[\w:]+::)?(\w+)/.exec(line);
    const name = item?.[1] ?? implemented?.[1];
    if (name !== undefined) return { names: [name], exported: true };
    return /^[a-z]/.test(line) ? NOTHING : undefined;
  },
};

const JAVA: Syntax = {
  extensions: /\.java$/,
  startOf: (line) => {
    const name = /^(?:[a-z-]+\s+)*(?:class|interface|enum|record|@interface)\s+(\w+)/.exec(line)?.[1];
    if (name !== undefined) return { names: [name], exported: true };
    return /^(import|package)\b/.test(line) ? NOTHING : undefined;
  },
};

const NOTHING: Start = { names: [], exported: false };
const SYNTAXES = [JAVASCRIPT, PYTHON, GO, RUST, JAVA];

/**
 * A cheap reading by lines: what begins in the first column begins a definition, which ends where the next begins. Good to find a
 * name and to see whether its text changed; for no accusation alone.
 * @param text comments taken out where they are not to count.
 */
export function declarationsOf(path: string, text: string): readonly Declaration[] {
  const syntax = SYNTAXES.find(({ extensions }) => extensions.test(path));
  if (syntax === undefined) return [];
  const found: { name: string; exported: boolean; lines: string[] }[] = [];
  let open: typeof found = [];
  /** Decorators and attributes: they belong to what they stand before. */
  let ahead: string[] | undefined;
  for (const line of text.split('\n')) {
    if (/^(@(?!interface)|#\[)/.test(line)) ahead ??= [];
    const start = isInside(line) ? undefined : syntax.startOf(line);
    if (start !== undefined && (ahead === undefined || start.names.length > 0)) {
      open = start.names.map((name) => ({ name, exported: start.exported, lines: [...(ahead ?? [])] }));
      ahead = undefined;
      found.push(...open);
    }
    if (ahead === undefined) for (const one of open) one.lines.push(line);
    else ahead.push(line);
  }
  const later = new Set(syntax.exportedLater?.(text));
  return found.map(({ name, exported, lines }) => ({
    name,
    exported: exported || later.has(name),
    text: lines.join('\n').replace(/\s+/g, ' ').trim(),
  }));
}

/** A tab and a word may be a member of a block that Go declares in one. */
function isInside(line: string): boolean {
  return line === '' || (/^[\s}]/.test(line) && !/^\t\w/.test(line));
}

const DEFINES =
  /^(export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\b\s*\*?|class\b|(?:const\s+)?enum\b|const\b|let\b|var\b|interface\b|type\b|namespace\b|module\b)\s*(?:([\w$]+)|\{([^}]*)\})/;

function startOfJavascript(line: string): Start | undefined {
  const defines = DEFINES.exec(line);
  if (defines !== null && !/^type\s+of\b|^module\.exports/.test(line)) {
    const [, exported, name, several] = defines;
    const names =
      several === undefined ? [name ?? ''] : several.split(',').map((one) => one.split(':').at(-1)?.trim() ?? '');
    const isDefault = /^export\s+default\b/.test(line);
    return {
      names: [...names.filter((one) => one !== ''), ...(isDefault ? ['default'] : [])],
      exported: exported !== undefined,
    };
  }
  if (/^export\s+default\b|^module\.exports\s*=/.test(line)) return { names: ['default'], exported: true };
  const property = /^(?:module\.)?exports\.([\w$]+)\s*=/.exec(line)?.[1];
  if (property !== undefined) return { names: [property], exported: true };
  if (/^export\s*\*/.test(line)) return { names: ['*'], exported: true };
  return /^[\w$@(]/.test(line) ? NOTHING : undefined;
}

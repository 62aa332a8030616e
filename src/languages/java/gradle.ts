/** What Gradle's scripts say in literals; they are programs, so this is best effort. */
import { parse } from 'smol-toml';
import { commentEnd, Kind, kindOf, literalEnd } from './lex.ts';

export interface GradleScript {
  /** Paths of projects (`a:b`, no leading colon) that it includes. */
  readonly includes: readonly string[];
  /** Folders that settings give to projects, by project path. */
  readonly folders: ReadonlyMap<string, string>;
  readonly rootName: string | undefined;
  /** Paths of projects it depends on; `projects.fooBar` accessors as written. */
  readonly projects: readonly string[];
  /** `group:artifact`. */
  readonly dependencies: readonly string[];
  /** Accessors into the version catalogue: `libs.` cut off. */
  readonly catalogue: readonly string[];
}

const CONFIGURATION =
  /\b\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[cC]ompile|[pP]rocessor|kapt|ksp)\b\s*\(?\s*(?:platform\(|enforcedPlatform\()?\s*/;

export function readGradle(source: string): GradleScript {
  const text = withoutComments(source);
  const after = (pattern: string): readonly string[] => all(text, new RegExp(`${CONFIGURATION.source}${pattern}`, 'g'));
  return {
    includes: all(text, /\binclude\s*\(?\s*((?:["'][^"']+["']\s*,?\s*)+)/g).flatMap((list) =>
      all(list, /["']:?([^"']+)["']/g),
    ),
    folders: new Map(
      [
        ...text.matchAll(
          /\bproject\(\s*["']:?([^"']+)["']\s*\)\.projectDir\s*=\s*(?:new\s+)?[fF]ile\([^"')]*["']([^"']+)["']/g,
        ),
      ].map(([, path = '', folder = '']) => [path, folder]),
    ),
    rootName: /\brootProject\.name\s*=\s*["']([^"']+)["']/.exec(text)?.[1],
    projects: [
      ...all(text, /\bproject\(\s*(?:path\s*[:=]\s*)?["']:([^"']+)["']/g),
      ...all(text, /\bprojects\.([\w.]+)/g),
    ],
    dependencies: after(`["']([^"':]+:[^"':]+)[^"']*["']`),
    catalogue: after('libs\\.([\\w.]+)'),
  };
}

/** `group:artifact` of each library, by the accessor that scripts use for it. */
export function readCatalogue(text: string): ReadonlyMap<string, string> {
  const libraries = new Map<string, string>();
  for (const [alias, entry] of Object.entries(tomlTable(text))) {
    const module = libraryOf(entry);
    if (module !== undefined) libraries.set(alias.replace(/[-_]/g, '.'), module);
  }
  return libraries;
}

function tomlTable(text: string): object {
  try {
    const { libraries } = parse(text);
    return typeof libraries === 'object' && libraries !== null ? libraries : {};
  } catch {
    return {};
  }
}

function libraryOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry.split(':').slice(0, 2).join(':');
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { module, group, name } = Object.fromEntries(Object.entries(entry));
  return typeof module === 'string'
    ? module
    : typeof group === 'string' && typeof name === 'string'
      ? `${group}:${name}`
      : undefined;
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

/** Groovy and Kotlin write comments and strings as Java does, nearly enough. */
function withoutComments(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === Kind.quote) at = literalEnd(text, at).end;
    else if (kind === Kind.slash) {
      const { end } = commentEnd(text, at);
      if (end > at + 1) {
        kept += `${text.slice(from, at)} `;
        from = end;
      }
      at = end;
    } else at++;
  }
  return kept + text.slice(from);
}

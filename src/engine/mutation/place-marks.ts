import type { LanguageId } from '../language.ts';
import type { Exchange } from './mutable.ts';

/** A place whose running is to leave a mark: something at this absolute path. */
export interface MarkedPlace {
  readonly exchange: Exchange;
  readonly mark: string;
}

/** What is put before and behind a place; undefined where the place cannot be told apart in text. */
interface Around {
  readonly before: string;
  readonly behind: string;
  /** Offset of `before` from the start of the place. */
  readonly at?: number;
}

/** The text with a mark at each place that can have one, and the places that cannot. */
export function markPlaces(
  text: string,
  language: LanguageId,
  places: readonly MarkedPlace[],
): { readonly text: string; readonly unmarked: readonly MarkedPlace[] } {
  const insertions: { at: number; behind: boolean; size: number; text: string }[] = [];
  const unmarked: MarkedPlace[] = [];
  for (const place of places) {
    const { start, end } = place.exchange;
    const around = aroundOf(text, language, place);
    if (around === undefined) {
      unmarked.push(place);
      continue;
    }
    const size = end - start;
    insertions.push({ at: start + (around.at ?? 0), behind: false, size, text: around.before });
    insertions.push({ at: end, behind: true, size, text: around.behind });
  }
  // What ends at a place ends before another begins there; of two, the inner one ends first and begins last.
  insertions.sort(
    (a, b) => a.at - b.at || Number(b.behind) - Number(a.behind) || (a.behind ? a.size - b.size : b.size - a.size),
  );
  let result = '';
  let done = 0;
  for (const insertion of insertions) {
    result += text.slice(done, insertion.at) + insertion.text;
    done = insertion.at;
  }
  return { text: result + text.slice(done), unmarked };
}

function aroundOf(text: string, language: LanguageId, { exchange, mark }: MarkedPlace): Around | undefined {
  const piece = text.slice(exchange.start, exchange.end);
  const path = JSON.stringify(mark.replaceAll('\\', '/'));
  switch (language) {
    case 'typescript':
      return (
        inBraces(exchange, piece, `${script(path)};`, /^(?:const|let|var|class|(?:async\s+)?function|enum)\b/) ?? {
          before: `(${script(path)},(`,
          behind: '))',
        }
      );
    case 'java':
      return (
        inBraces(exchange, piece, `new java.io.File(${path}).mkdir();`, JAVA_DECLARATION) ?? {
          before: `(new java.io.File(${path}).mkdir()||true?(`,
          behind: `):(${piece}))`,
        }
      );
    case 'rust':
      return (
        inBraces(exchange, piece, `let _=std::fs::write(${path},"");`, /^let\b/) ?? {
          before: `{let _=std::fs::write(${path},"");`,
          behind: '}',
        }
      );
    case 'python':
      return python(text, exchange, piece, `open(${path},"w").close()`);
    case 'go':
      return undefined;
    default:
      return language satisfies never;
  }
}

/** Once a process, whatever the kind of module; the type checker has nothing to say about it. */
function script(path: string): string {
  const body = 'globalThis[f]||(globalThis[f]=1,globalThis.process.getBuiltinModule("node:fs").writeFileSync(f,""))';
  return `Function("f",${JSON.stringify(body)})(${path})`;
}

const JAVA_DECLARATION =
  /^(?:final\s+)?(?!return\b|throw\b|assert\b|yield\b|else\b|new\b)[\w.]+(?:<[^;=]*>)?(?:\[\])*\s+\w+\s*[=;,:[]/;

/** In languages with braces: a statement gets a block of its own, unless it declares what comes after it needs. */
function inBraces(exchange: Exchange, piece: string, marking: string, declaration: RegExp): Around | undefined {
  if (exchange.form === 'expression') return undefined;
  if (piece.startsWith('{')) return { before: marking, behind: '', at: 1 };
  if (declaration.test(piece)) return { before: marking, behind: '' };
  return { before: `{${marking}`, behind: '}' };
}

const PYTHON_COMPOUND = /^(?:if|for|while|with|try|def|class|async|match|@)\b|^@/;

function python(text: string, exchange: Exchange, piece: string, marking: string): Around | undefined {
  if (exchange.form === 'expression') return { before: `(${marking} or (`, behind: '))' };
  const line = text.slice(text.lastIndexOf('\n', exchange.start - 1) + 1, exchange.start);
  if (/^[ \t]*$/.test(line)) return { before: `${marking}\n${line}`, behind: '' };
  return PYTHON_COMPOUND.test(piece) ? undefined : { before: `${marking};`, behind: '' };
}

import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import type { Analysis } from '../../engine/language.ts';
import { scriptText } from './script-text.ts';
import { type AstNode, isNode } from './syntax.ts';

export interface Program {
  readonly root: AstNode;
  readonly comments: Analysis['comments'];
  readonly typescript: boolean;
  /** The part that was parsed, in place; all of the text but for single-file components. */
  readonly script: string;
  readonly unanalysed: string | undefined;
}

const COMMON: readonly ParserPlugin[] = [
  'decoratorAutoAccessors',
  'deprecatedImportAssert',
  'explicitResourceManagement',
  'sourcePhaseImports',
  'deferredImportEvaluation',
];

/** Errors of meaning, which leave the tree whole: overloads in JavaScript, a name declared twice. */
const HARMLESS =
  /Redeclaration|Duplicate|Undeclared|Undefined|Missing(Initializer|ClassName)|Strict|Invalid(Escape|Decimal|Private)|Await|Octal|Abstract|Accessor|Overload|Modifier|Optional|Reserved|Declare|Label|Illegal/;

/** Babel's tree and comments. @throws where nothing can be made of the text. */
export function parseProgram(path: string, text: string): Program {
  const script = scriptText(path, text);
  const file = parseAs(dialects(path, script), script);
  const root: unknown = file.program;
  if (!isNode(root)) throw new Error('no program');
  const place = brokenLine(file);
  return {
    root,
    script,
    comments: (file.comments ?? []).map(({ start, end }) => ({
      start: start ?? 0,
      end: end ?? 0,
      text: text.slice(start ?? 0, end ?? 0),
    })),
    typescript: !/\.[cm]?jsx?$/.test(path),
    unanalysed: place === undefined ? undefined : `does not parse at line ${place}`,
  };
}

/** Line of the first error that leaves the tree in pieces. */
export function brokenLine(file: ReturnType<typeof parse>): number | undefined {
  return (file.errors ?? []).find((error) => !HARMLESS.test(error.reasonCode))?.loc.line;
}

/** Sets of plugins to be tried in this order. */
export function dialects(path: string, script: string): readonly ParserPlugin[][] {
  if (/\.[cm]?ts$/.test(path)) return [[['typescript', { dts: /\.d\.[cm]?ts$/.test(path) }]], ['typescript', 'jsx']];
  if (path.endsWith('.tsx')) return [['typescript', 'jsx']];
  if (/\.(vue|svelte|astro)$/.test(path)) return [['typescript'], ['typescript', 'jsx'], ['jsx']];
  const flow: ParserPlugin[] = ['jsx', 'flow'];
  return /@flow\b/.test(script.slice(0, 1000)) ? [flow, ['jsx']] : [['jsx'], flow, ['typescript', 'jsx']];
}

/** Babel's tree by the first dialect that can read it. @throws where none can. */
export function parseAs(
  candidates: readonly ParserPlugin[][],
  script: string,
  options: ParserOptions = {},
): ReturnType<typeof parse> {
  let first: unknown;
  // Decorators of parameters are legacy, those behind `export` are not.
  const decorated = (['decorators-legacy', 'decorators'] as const).flatMap((decorators) =>
    candidates.map((plugins): ParserPlugin[] => [decorators, ...plugins]),
  );
  for (const plugins of decorated) {
    try {
      return parse(script, {
        sourceType: 'unambiguous',
        errorRecovery: true,
        attachComment: false,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowNewTargetOutsideFunction: true,
        allowSuperOutsideMethod: true,
        allowUndeclaredExports: true,
        ...options,
        plugins: [...COMMON, ...plugins],
      });
    } catch (error) {
      // The next dialect may read it; if none does, the first one's complaint is the one to tell.
      first ??= error;
    }
  }
  throw first;
}

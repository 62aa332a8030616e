import type { Analysis, Marker } from '../engine/language.ts';
import type { Form } from './form-writer.ts';

/** A definition that a place may be in. Outer ones come before those inside them. */
export interface Definition {
  /** Qualified. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface AnalysisParts {
  readonly comments: Analysis['comments'];
  markers(): readonly Marker[];
  definitions(): readonly Definition[];
  /** @param named keep the names of the module's own definitions. */
  form(part: 'runtime' | 'test', named: boolean): Form;
  readonly unanalysed: string | undefined;
}

/** Answers are worked out when first asked for: few guards ask for all of them. */
export function createAnalysis(parts: AnalysisParts): Analysis {
  const markers = once(parts.markers);
  const definitions = once(parts.definitions);
  const runtime = once(() => parts.form('runtime', false).text);
  const test = once(() => parts.form('test', false).text);
  const statements = { runtime: once(() => named('runtime')), test: once(() => named('test')) };
  const named = (part: 'runtime' | 'test') => parts.form(part, true).statements;
  return {
    comments: parts.comments,
    get markers() {
      return markers();
    },
    symbolAt: (offset) => definitions().findLast(({ start, end }) => start <= offset && offset < end)?.name ?? '',
    get runtimeForm() {
      return runtime();
    },
    get testForm() {
      return test();
    },
    statements: (form) => statements[form](),
    ...(parts.unanalysed === undefined ? {} : { unanalysed: parts.unanalysed }),
  };
}

/** What is left to say of a text that no parser reads: any difference but white space may run. */
export function unreadable(text: string, reason: string): Analysis {
  const lines = text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  let start = 0;
  const statements = text.split('\n').map((line, index) => {
    const statement = { form: lines[index] ?? '', start };
    start += line.length + 1;
    return statement;
  });
  const form = lines.filter((line) => line !== '').join('\n');
  return {
    comments: [],
    markers: [],
    symbolAt: () => '',
    runtimeForm: form,
    testForm: form,
    statements: () => statements.filter((statement) => statement.form !== ''),
    unanalysed: reason,
  };
}

/** Analyses with a fall-back for what a parser or a very deep text throws. */
export function guarded(text: string, analyse: () => Analysis): Analysis {
  try {
    return analyse();
  } catch (error) {
    return unreadable(text, `cannot be parsed: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160) ?? '';
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

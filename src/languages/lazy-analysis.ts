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
  readonly text: string;
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
  const form = (part: 'runtime' | 'test', named: boolean) =>
    once(() => {
      try {
        return parts.form(part, named);
      } catch {
        // Nested deeper than the stack: the text as it stands differs wherever the program does.
        return rawForm(parts.text);
      }
    });
  const [runtime, test] = [form('runtime', false), form('test', false)];
  const named = { runtime: form('runtime', true), test: form('test', true) };
  return {
    comments: parts.comments,
    get markers() {
      return markers();
    },
    symbolAt: (offset) => definitions().findLast(({ start, end }) => start <= offset && offset < end)?.name ?? '',
    get runtimeForm() {
      return runtime().text;
    },
    get testForm() {
      return test().text;
    },
    statements: (part) => named[part]().statements,
    ...(parts.unanalysed === undefined ? {} : { unanalysed: parts.unanalysed }),
  };
}

/** What is left to say of a text that no parser reads: any difference but white space may run. */
export function unreadable(text: string, reason: string): Analysis {
  const { text: form, statements } = rawForm(text);
  return {
    comments: [],
    markers: [],
    symbolAt: () => '',
    runtimeForm: form,
    testForm: form,
    statements: () => statements,
    unanalysed: reason,
  };
}

function rawForm(text: string): Form {
  const statements = [...text.matchAll(/[^\n]+/g)]
    .map((line) => ({ form: line[0].replace(/\s+/g, ' ').trim(), start: line.index }))
    .filter(({ form }) => form !== '');
  return { text: statements.map(({ form }) => form).join('\n'), statements };
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

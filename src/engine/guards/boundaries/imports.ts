import type { RawFinding } from '../../../protocol/finding.ts';
import type { Reference, Resolution } from '../../language.ts';
import { positionAt } from '../../text.ts';

/** One import of one file, and where it leads. */
export interface Import {
  readonly path: string;
  readonly reference: Reference;
  readonly resolution: Resolution;
}

/** What a person calls the thing imported. */
export function targetOf({ reference, resolution }: Import): string {
  switch (resolution.kind) {
    case 'files':
      return resolution.paths[0] ?? reference.specifier ?? '?';
    case 'package':
      return resolution.name;
    case 'builtin':
      return resolution.name;
    case 'unresolved':
      return reference.specifier ?? 'a computed specifier';
    default:
      return resolution satisfies never;
  }
}

/** The files that an import leads to. */
export function filesOf({ resolution }: Import): readonly string[] {
  return resolution.kind === 'files' ? resolution.paths : [];
}

/** A finding at an import. `specifier` and `target` tell it from others of the same file, and stay when lines move. */
export function findingAt(
  found: Import,
  text: string,
  parts: {
    readonly code: string;
    readonly message: string;
    readonly because?: string | undefined;
    readonly data?: Readonly<Record<string, unknown>>;
  },
): RawFinding {
  const { start, end } = found.reference;
  return {
    code: parts.code,
    severity: 'error',
    path: found.path,
    range: { start: positionAt(text, start), end: positionAt(text, Math.max(end, start)) },
    message: parts.message,
    ...(parts.because === undefined ? {} : { because: parts.because }),
    data: { target: targetOf(found), ...parts.data, specifier: found.reference.specifier ?? null },
  };
}

import { ExpectedError } from '../engine/errors.ts';
import type { Problem } from '../protocol/lsp.ts';

export function problemOf(error: unknown): Problem {
  if (error instanceof ExpectedError) return { code: error.code, message: error.message, hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Downforce failed: ${message}`,
    hint: 'See the Downforce output channel, and report it.',
  };
}

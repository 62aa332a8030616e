import { textOf } from './edits.ts';
import type { Mutable, Spelling } from './mutable.ts';

/** Names of lengths of time that no test waits for. */
const TIME =
  /(?:time_?out|deadline|back_?off|delay|sleep|poll(?:ing)?|heartbeat|keep_?alive|linger|jitter|grace|debounce|throttle)(?:_?(?:in_?)?(?:ms|secs?|seconds?|millis(?:econds)?|minutes?|interval|period|time|duration))*s?$/i;

/** What a number, or a product of numbers, is given to. */
const GIVEN_TO =
  /([A-Za-z_$][\w$]*)["']?\s*(?:\??:\s*[\w.<>]+\s*)?(?:=|:=|:|=>)\s*(?:[\d_.*\s]|\b[A-Z]\w*\.|\btime\.\w+|\bDuration::\w+\(|\bDuration\.\w+\()*$/;

const INFINITE =
  /^-?(?:Infinity|Number\.(?:POSITIVE_INFINITY|NEGATIVE_INFINITY)|math\.inf|np\.inf|f(?:32|64)::(?:NEG_)?INFINITY|math\.Inf\([-\d]*\)|Double\.(?:POSITIVE|NEGATIVE)_INFINITY)$/;

/** Arguments with which programs explain their options: `help="…"`. */
const HELP = /\b(?:help|epilog|metavar|usage)\s*=\s*\(?\s*$/;

const BUILD_FLAG = /^!?\(?(?:__DEV__|process\.env\.NODE_ENV|import\.meta\.env\.(?:DEV|PROD|MODE))\b/;

/** Why a place is arid by itself, whatever is around it. */
export function aridPlace(mutable: Mutable, text: string, { language }: Spelling): string | undefined {
  const { kind, symbol } = mutable;
  if (isForDebugging(mutable, symbol, text, language)) return 'for debugging only';
  switch (kind) {
    case 'number':
      return isTime(mutable.start, text) ? 'a time-out' : undefined;
    case 'string':
      return HELP.test(text.slice(Math.max(0, mutable.start - 40), mutable.start)) ? 'console text' : undefined;
    case 'unary':
      return INFINITE.test(textOf(text, mutable.operand)) ? 'infinity' : undefined;
    case 'condition':
      return BUILD_FLAG.test(textOf(text, mutable)) ? 'a build flag' : undefined;
    case 'binary':
      return aridBinary(mutable, text);
    default:
      return undefined;
  }
}

function aridBinary(mutable: Extract<Mutable, { kind: 'binary' }>, text: string): string | undefined {
  const [left, right, operator] = [mutable.left, mutable.right, mutable.operator].map((span) => textOf(text, span));
  if (left === undefined || right === undefined || operator === undefined) return undefined;
  if (INFINITE.test(left) || INFINITE.test(right)) return 'infinity';
  if (BUILD_FLAG.test(left)) return 'a build flag';
  if (/^[-+]$/.test(operator) && /^0(?:\.0+)?$/.test(right)) return 'arithmetic without effect';
  if (/^(?:[*/]|\/\/)$/.test(operator) && /^1(?:\.0+)?$/.test(right)) return 'arithmetic without effect';
  if (/^[<>]=?$/.test(operator) && (TIME.test(left) || TIME.test(right))) return 'a time-out';
  return isTime(mutable.start, text) ? 'a time-out' : undefined;
}

function isTime(start: number, text: string): boolean {
  const name = GIVEN_TO.exec(text.slice(Math.max(0, start - 120), start))?.[1];
  return name !== undefined && TIME.test(name);
}

/** What a program says of itself to its developers. */
function isForDebugging({ start }: Mutable, symbol: string, text: string, language: Spelling['language']): boolean {
  const name = symbol.slice(symbol.lastIndexOf('.') + 1);
  if (language === 'python') return name === '__repr__';
  if (language !== 'rust' || name !== 'fmt') return false;
  const head = text.lastIndexOf('impl', text.lastIndexOf('fn fmt', start));
  return /^impl\b[^{]*\bDebug\b[^{]*\bfor\b/.test(text.slice(Math.max(0, head), head + 400));
}

/** The condition of what runs only when a file is a program's start. */
export const STARTS_PROGRAM =
  /^__name__\s*==\s*["']__main__["']$|^require\.main\s*===?\s*module$|^import\.meta\.main$|\bprocess\.argv\[1\]/;

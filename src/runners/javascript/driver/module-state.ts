import { types } from 'node:util';

/** Said of what survives in modules that were run before: closures, and modules that did not change, may hide what tests left. */
export const NOT_FRESH = 'only fresh modules hold nothing of other tests';

/** Said of tests that change what modules share with everything else. */
export const LEAVES_TRACES = 'its tests leave something behind, outside of the modules';

/** Where the modules that are tried leave a way to look at their variables. */
const KEY = 'downforce.peeks';

const RESERVED = /^(?:enum|type|default|async|function|class)$/;
/** So many objects are looked at; what lies behind is not. */
const MOST = 20_000;

/**
 * Text to put behind a module's own, so that `stateOf` sees its variables. What a text that is not parsed may hide is not
 * seen; nothing is taken for a variable that would keep the module from loading.
 */
export function peekText(path: string, text: string): string {
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const exported = !isTyped && /\bexports\b/.test(text) ? ["typeof module==='undefined'?void 0:module.exports"] : [];
  const names = [...new Set([...declared(text), ...(isTyped ? [] : imported(text))])];
  const values = [...names.map((name) => `typeof ${name}==='undefined'?void 0:${name}`), ...exported].join(',');
  return `\n;(globalThis[Symbol.for('${KEY}')]??=[]).push(()=>[${values}]);`;
}

/** Names that are declared at the beginning of a line: the variables of the module. */
function declared(text: string): readonly string[] {
  const simple =
    /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?(?:let|var|const|class|(?:async\s+)?function\s*\*?)\s+([\w$]+)/gm;
  const more = matches(text, /^(?:export\s+)?(?:let|var)\s([^;]{0,1000})/gm).flatMap((list) =>
    matches(list, /,\s*([\w$]+)(?=\s*(?:=(?!\s*require\b|[=>])|,|;|$))/g),
  );
  const taken = /^(?:export\s+)?(?:let|var|const)\s*\{([^}]*)\}\s*=\s*require\(\s*['"]\./gm;
  return [...matches(text, simple), ...more, ...matches(text, taken).flatMap((list) => namesIn(list, ':'))].filter(
    isName,
  );
}

/** Names that come from modules beside this one; packages have state that is none of the tests'. */
function imported(text: string): readonly string[] {
  const listed = /^import\s+(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*['"]\./gm;
  const whole = /^import\s+(?:\*\s+as\s+)?([\w$]+)\s*(?:,[^'"]*)?from\s*['"]\./gm;
  return [...matches(text, listed).flatMap((list) => namesIn(list, ' as ')), ...matches(text, whole)].filter(isName);
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

function namesIn(list: string, separator: string): readonly string[] {
  return list.split(',').map((part) => (part.split(separator).at(-1) ?? '').trim());
}

function isName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !RESERVED.test(name);
}

/** Modules that are loaded from now on are looked at instead. */
export function forgetModules(scope: object): void {
  Reflect.set(scope, Symbol.for(KEY), []);
}

/** What the variables of the modules hold, in a form to compare: it is the same as long as nothing was changed. */
export function stateOf(scope: object): string {
  const peeks: readonly (() => readonly unknown[])[] = Reflect.get(scope, Symbol.for(KEY)) ?? [];
  return describe(peeks.flatMap((peek) => peek()));
}

const BUILT_IN = new Set(Reflect.ownKeys(globalThis));

/** What modules share with everything else, and modules that are loaded anew do not get rid of. */
export function surroundingsOf(scope: object): string {
  const own = (name: string | symbol): boolean => !BUILT_IN.has(name) && !/downforce/i.test(String(name));
  const names = Reflect.ownKeys(scope).filter(own);
  const held = names.map((name) => Reflect.getOwnPropertyDescriptor(scope, name)?.value);
  const variables = Object.entries(process.env).filter(([name]) => own(name));
  return describe([process.cwd(), ...variables.flat(), ...names.map(String), ...held]);
}

/** `queue` is used up. */
function describe(queue: unknown[]): string {
  const seen = new Map<object, number>();
  const parts: string[] = [];
  for (let index = 0; index < queue.length && index < MOST; index++) {
    const value = queue[index];
    if (!isObject(value)) parts.push(String(typeof value === 'symbol' ? 'symbol' : value));
    else if (seen.has(value)) parts.push(`#${seen.get(value)}`);
    else {
      seen.set(value, seen.size);
      parts.push(describeInto(value, queue));
    }
  }
  return parts.join('\n');
}

/** The keys of an object; what it holds is put into the queue. Getters are not called. */
function describeInto(value: object, queue: unknown[]): string {
  // Not by class: Jest and Vitest may have them in a realm of their own.
  if (types.isMap(value)) queue.push(...value.keys(), ...value.values());
  else if (types.isSet(value)) queue.push(...value);
  else if (types.isDate(value)) queue.push(value.getTime());
  if (ArrayBuffer.isView(value)) return `bytes ${value.byteLength} ${firstBytes(value)}`;
  const keys = Reflect.ownKeys(value).filter((key) => !(typeof value === 'function' && key === 'prototype'));
  const held = keys.map((key) => Reflect.getOwnPropertyDescriptor(value, key)?.value);
  queue.push(...held);
  return keys.map(String).join(',');
}

function firstBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, Math.min(byteLength, MOST)).toString('latin1');
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** As much of jest-circus (27 to 30) as the driver sees. */
export interface CircusTest {
  readonly name: string;
  readonly parent: CircusBlock | undefined;
  readonly concurrent?: boolean;
  readonly failing?: boolean;
  readonly mode?: string | null;
  status?: string | null;
  errors: unknown[];
  timeout?: number | null;
}

export interface CircusBlock {
  readonly name: string;
  readonly parent?: CircusBlock;
}

export interface CircusEvent {
  readonly name: string;
  readonly test?: CircusTest;
}

export interface Environment {
  readonly global: object;
  handleTestEvent?(event: CircusEvent, state: unknown): unknown;
}

const ROOT = 'ROOT_DESCRIBE_BLOCK';

/** As Jest's own reports have it. */
export function fullName(test: CircusTest): string {
  const names = [test.name];
  for (let block = test.parent; block !== undefined && block.name !== ROOT; block = block.parent)
    names.unshift(block.name);
  return names.join(' ');
}

const RETRY_TIMES = Symbol.for('RETRY_TIMES');
const RETRY_IMMEDIATELY = Symbol.for('RETRY_IMMEDIATELY');
const MANY = 1_000_000;

/** From here on a test that has errors when it is done is run again, hooks included. */
export function allowReruns(scope: object): void {
  Reflect.set(scope, RETRY_TIMES, String(MANY));
  Reflect.set(scope, RETRY_IMMEDIATELY, true);
}

/** Errors are pairs of what was thrown and where; or the first alone. */
export function messageOf(errors: readonly unknown[]): string | undefined {
  const [first] = errors;
  if (first === undefined) return undefined;
  const thrown: unknown = Array.isArray(first) ? (first[0] ?? first[1]) : first;
  const text = thrown instanceof Object && 'message' in thrown ? String(thrown.message) : String(thrown);
  return text.replace(/\u001b\[[0-9;]*m/g, '').slice(0, 500);
}

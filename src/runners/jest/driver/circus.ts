/** As much of jest-circus (27 to 30) as the driver sees and touches. */
export interface CircusTest {
  name: string;
  parent: CircusBlock;
  fn: unknown;
  failing?: boolean;
  timeout?: number | null;
  errors: unknown[];
  readonly type?: 'test';
  readonly concurrent?: boolean;
  mode?: string | null;
}

export interface CircusBlock {
  readonly type?: 'describeBlock';
  readonly name: string;
  readonly parent?: CircusBlock;
  readonly children: readonly (CircusBlock | CircusTest)[];
  readonly hooks: readonly { readonly type: string }[];
}

export interface CircusEvent {
  readonly name: string;
  readonly test?: CircusTest;
}

export interface CircusState {
  readonly rootDescribeBlock: CircusBlock;
  readonly hasFocusedTests?: boolean;
  readonly testNamePattern?: RegExp | null;
}

export interface Environment {
  readonly global: object;
  handleTestEvent?(event: CircusEvent, state: CircusState): unknown;
}

const ROOT = 'ROOT_DESCRIBE_BLOCK';

/** As Jest's own reports have it. */
export function fullName({ name, parent }: Pick<CircusTest, 'name' | 'parent'>): string {
  const names = [name];
  for (let block: CircusBlock | undefined = parent; block !== undefined && block.name !== ROOT; block = block.parent)
    names.unshift(block.name);
  return names.join(' ');
}

/** The test that is run last, as far as can be told before. */
export function lastTest(state: CircusState): CircusTest | undefined {
  const runs = (test: CircusTest): boolean => {
    const aside = test.mode === 'skip' || test.mode === 'todo' || test.concurrent === true;
    if (aside || (state.hasFocusedTests === true && test.mode !== 'only')) return false;
    return state.testNamePattern?.test(fullName(test)) ?? true;
  };
  return testsOf(state.rootDescribeBlock).findLast(runs);
}

function testsOf(block: CircusBlock): readonly CircusTest[] {
  return block.children.flatMap((child) => ('children' in child ? testsOf(child) : [child]));
}

/** Whether what a block sets up once is still there while another test is run: no hook of its own, or not yet undone. */
export function isStillSetUp(block: CircusBlock, during: CircusBlock): boolean {
  const standing = new Set<CircusBlock>();
  for (let each: CircusBlock | undefined = during; each !== undefined; each = each.parent) standing.add(each);
  for (let each: CircusBlock | undefined = block; each !== undefined; each = each.parent) {
    if (!standing.has(each) && each.hooks.some(({ type }) => type === 'beforeAll' || type === 'afterAll')) return false;
  }
  return true;
}

const RETRY_TIMES = Symbol.for('RETRY_TIMES');
const MANY = 1_000_000;

/** From here on a test that has errors when it is done is run again, its hooks included. */
export function allowReruns(scope: object): void {
  Reflect.set(scope, RETRY_TIMES, String(MANY));
}

/** Errors are pairs of what was thrown and where; or the first alone. */
export function messageOf(errors: readonly unknown[]): string | undefined {
  const [first] = errors;
  if (first === undefined) return undefined;
  const thrown: unknown = Array.isArray(first) ? (first[0] ?? first[1]) : first;
  const text = thrown instanceof Object && 'message' in thrown ? String(thrown.message) : String(thrown);
  return text.replace(/\u001b\[[0-9;]*m/g, '').slice(0, 500);
}

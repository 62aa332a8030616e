import { describe, expect, it } from 'vitest';
import { createAridity } from '../../../../src/engine/mutation/arid.ts';
import { mutablesOf, type Sample, WHOLE } from './expect-mutants.ts';

/** Texts of what can be mutated in some statements, and of what is left of it when arid places are taken out. */
async function read(language: Sample, statements: string, extra: readonly string[] = []) {
  const text = WHOLE[language](statements);
  const file = await mutablesOf(`src/a.${language}`, text);
  const start = text.indexOf(statements);
  const inside = file.mutables.filter((mutable) => start <= mutable.start && mutable.end <= start + statements.length);
  const aridity = createAridity(file, text, extra);
  const textsOf = (mutables: typeof inside): readonly string[] =>
    mutables.map(({ start, end }) => text.slice(start, end));
  const kept = inside.filter((mutable) => aridity(mutable) === undefined);
  return {
    all: textsOf(inside),
    left: textsOf(kept),
    reasons: new Set(inside.flatMap((mutable) => aridity(mutable) ?? [])),
  };
}

type Row = readonly [language: Sample, statements: string, reason: string];

/** Nothing of these is worth a mutant. */
const ARID: readonly Row[] = [
  ['ts', "console.log('a', b + 1);", 'logging'],
  ['ts', "this.logger?.child({ a: 1 }).info('a');", 'logging'],
  ['ts', "await logger.info('a');", 'logging'],
  ['ts', "debug('a %s', b.c(1));", 'logging'],
  ['py', 'logger.info("a", b + 1)', 'logging'],
  ['py', 'print(a, file=sys.stderr)', 'logging'],
  ['go', 'log.Printf("a", b+1)', 'logging'],
  ['go', 'fmt.Fprintln(os.Stderr, "a")', 'logging'],
  ['go', 'defer logger.Sync(1)', 'logging'],
  ['rs', 'println!("a");', 'logging'],
  ['rs', 'tracing::info!("a");', 'logging'],
  ['java', 'LOG.info("a" + b);', 'logging'],
  ['java', 'System.out.println("a");', 'logging'],
  ['ts', "metrics.counter('a').inc(2);", 'telemetry'],
  ['ts', "analytics.track('a', { b: 1 });", 'telemetry'],
  ['ts', "span.setAttribute('a', 1);", 'telemetry'],
  ['py', 'statsd.incr("a", 2)', 'telemetry'],
  ['go', 'span.SetStatus(1, "a")', 'telemetry'],
  ['ts', 'await sleep(100);', 'a sleep'],
  ['py', 'time.sleep(1)', 'a sleep'],
  ['go', 'time.Sleep(10 * time.Second)', 'a sleep'],
  ['java', 'Thread.sleep(100);', 'a sleep'],
  ['ts', "assert(a > 1, 'a');", 'an assertion'],
  ['py', 'assert a > 1, "a"', 'an assertion'],
  ['rs', 'debug_assert!(a > 1);', 'an assertion'],
  ['java', 'assert a > 1;', 'an assertion'],
  ['py', 'if __name__ == "__main__":\n        main(1)', "a program's start"],
  ['ts', 'if (require.main === module) main(1);', "a program's start"],
  ['ts', "if (process.env.NODE_ENV !== 'production') console.warn('a');", 'logging'],
  // What holds nothing else.
  ['ts', 'if (a > 1) { console.log(a); }', 'nothing in it is worth it'],
  ['ts', 'if (a > 1) console.log(a); else console.log(b);', 'nothing in it is worth it'],
  ['ts', 'for (const a of b) { if (a) { console.log(a); logger.info(b); } }', 'nothing in it is worth it'],
  ['ts', 'if (a) { const b = performance.now(); console.log(b); }', 'nothing in it is worth it'],
  ['py', 'if a > 1:\n        print(a)\n        logger.info(a)', 'nothing in it is worth it'],
  ['go', 'for i := 0; i < 3; i++ { log.Println(i) }', 'nothing in it is worth it'],
  ['java', 'for (int i = 0; i < 3; i++) { LOG.info(i); }', 'nothing in it is worth it'],
  ['rs', 'for i in 0..3 { info!("a"); }', 'nothing in it is worth it'],
];

/** Only these are left. */
const PARTLY: readonly (readonly [Sample, string, ...string[]])[] = [
  ['ts', "throw new Error('a b ' + c);", "throw new Error('a b ' + c);", "new Error('a b ' + c)", "'a b ' + c"],
  ['ts', "throw new ApiError('a', 404);", "throw new ApiError('a', 404);", "new ApiError('a', 404)", '404'],
  [
    'ts',
    "throw new ApiError(1, 'E_GONE', 'it is gone');",
    "throw new ApiError(1, 'E_GONE', 'it is gone');",
    "new ApiError(1, 'E_GONE', 'it is gone')",
    '1',
    "'E_GONE'",
  ],
  [
    'ts',
    'setTimeout(() => go(1), 50 * 2);',
    'setTimeout(() => go(1), 50 * 2);',
    'setTimeout(() => go(1), 50 * 2)',
    'go(1)',
    'go(1)',
    '1',
  ],
  ['ts', "tracer.trace('a', () => { save(1); });", 'save(1);', 'save(1);', 'save(1)', '1'],
  ['ts', 'process.exit(1);', 'process.exit(1);', 'process.exit(1)'],
  ['ts', 'const timeout = 30 * 1000;', 'const timeout = 30 * 1000;'],
  [
    'ts',
    'fetch(a, { timeoutMs: 500 });',
    'fetch(a, { timeoutMs: 500 });',
    'fetch(a, { timeoutMs: 500 })',
    '{ timeoutMs: 500 }',
  ],
  ['ts', "if (flags.isEnabled('a')) save(1);", "if (flags.isEnabled('a')) save(1);", 'save(1);', 'save(1)', '1'],
  ['ts', 'x = a + 0;', 'x = a + 0;', '0'],
  ['ts', 'x = a < Infinity;', 'x = a < Infinity;'],
  [
    'ts',
    'try { go(); } catch (error) { console.error(error); }',
    'try { go(); } catch (error) { console.error(error); }',
    'go();',
    'go();',
    'go()',
  ],
  ['rs', 'fn g() -> i32 { info!("a"); h(2) }', 'info!("a"); h(2)', 'h(2)', 'h(2)', '2'],
  ['py', 'raise ValueError("a b")', 'raise ValueError("a b")', 'ValueError("a b")'],
  ['go', 'x := make([]int, a, 16)', 'x := make([]int, a, 16)', 'make([]int, a, 16)'],
  ['go', 'x := fmt.Errorf("a %w", err)', 'x := fmt.Errorf("a %w", err)', 'fmt.Errorf("a %w", err)'],
  ['rs', 'let x = Vec::with_capacity(16);', 'let x = Vec::with_capacity(16);', 'Vec::with_capacity(16)'],
  ['rs', 'let x = y.expect("a b");', 'let x = y.expect("a b");', 'y.expect("a b")'],
  ['java', 'var x = new ArrayList<String>(16);', 'var x = new ArrayList<String>(16);', 'new ArrayList<String>(16)'],
];

/** Look like it and are not. */
const LIVE: readonly (readonly [Sample, string])[] = [
  ['ts', 'x = Math.log(2);'],
  ['ts', "catalog.add('a');"],
  ['ts', "dialog.open('a');"],
  ['ts', 'x = span.start(1);'],
  ['ts', 'counter.next(1);'],
  ['ts', 'if (a > 1) { console_.go(a); save(1); }'],
  ['ts', "const name = 'timeout';"],
  ['ts', 'x = relay === 3;'],
  ['ts', 'clearTimeout(timer);'],
  ['ts', 'const total = 30 * 1000;'],
  ['py', 'fingerprint(a)'],
  ['go', 'fmt.Fprintln(w, "a")'],
  ['rs', 'let x = if a > 1 { Some(1) } else { None };'],
  ['go', 'x := make([]int, 16)'],
  ['java', 'var x = new Range(16);'],
];

describe('arid places', () => {
  it.each(ARID)('%s: %s', async (language, statements, reason) => {
    const { all, left, reasons } = await read(language, statements);
    expect(all).not.toEqual([]);
    expect(left).toEqual([]);
    expect(reasons).toContain(reason);
  });

  it.each(PARTLY.map(([language, statements, ...left]) => ({ language, statements, left })))(
    'partly $language: $statements',
    async ({ language, statements, left }) => {
      expect((await read(language, statements)).left.toSorted()).toEqual(left.toSorted());
    },
  );

  it.each(LIVE)('live %s: %s', async (language, statements) => {
    const { all, left } = await read(language, statements);
    expect(all).not.toEqual([]);
    expect(left).toEqual(all);
  });

  it('takes callees from the configuration', async () => {
    const statements = "app.audit.record('a'); audit.read(1); this.mailer.send(2);";
    expect((await read('ts', statements, ['*.audit.*', 'mailer.send'])).left).toEqual([
      'audit.read(1);',
      'audit.read(1)',
      '1',
    ]);
  });

  it('knows what is there for debugging only', async () => {
    const text =
      'class A:\n    def __repr__(self):\n        return "a" + str(self.b)\n\n    def __str__(self):\n        return "a"\n';
    const file = await mutablesOf('a.py', text);
    const aridity = createAridity(file, text, []);
    expect(
      new Set(file.mutables.filter((mutable) => aridity(mutable) === undefined).map(({ symbol }) => symbol)),
    ).not.toContain('A.__repr__');
    expect(file.mutables.some((mutable) => mutable.symbol === 'A.__str__' && aridity(mutable) === undefined)).toBe(
      true,
    );
  });
});

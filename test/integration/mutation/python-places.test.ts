import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readMutables } from '../../unit/languages/mutables.ts';

/** Paths of the standard library that its own parser reads. */
const LIST = `
import ast, pathlib, sys, sysconfig
root = pathlib.Path(sysconfig.get_paths()["stdlib"])
for path in sorted(root.glob("**/*.py"))[::20]:
    if path.stat().st_size > 100_000 or "site-packages" in path.parts: continue
    try:
        ast.parse(path.read_text(encoding="utf-8"))
        print(path)
    except (SyntaxError, ValueError):
        pass
`;

/** Reads lines of JSON; prints places at which Python sees no node of that form. */
const COMPARE = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def places(tree, kind):
    return {(n.lineno, n.col_offset, n.end_lineno, n.end_col_offset) for n in ast.walk(tree) if isinstance(n, kind)}
def decorators(tree):
    found = [item for n in ast.walk(tree) for item in getattr(n, "decorator_list", [])]
    return {(item.lineno, item.col_offset - 1) for item in found}
for line in sys.stdin:
    job = json.loads(line)
    tree = ast.parse(job["text"])
    expressions, statements = places(tree, ast.expr), places(tree, ast.stmt)
    starts = {place[:2] for place in statements} | decorators(tree)
    ends = {place[2:] for place in statements}
    for kind, form, *place in job["exchanges"]:
        place = tuple(place)
        # The statements of a block are exchanged together.
        if kind == "block": known = place[:2] in starts and place[2:] in ends
        else: known = place in (statements if form == "statement" else expressions)
        if not known: print(job["path"], kind, form, place)
`;

// Before 3.9 a statement ended before its semicolon.
const python = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);

it.skipIf(python.status !== 0)('exchanges what is a node to Python too, in its standard library', async () => {
  const paths = run(LIST, '').split('\n').filter(Boolean);
  let exchanges = 0;
  const jobs: string[] = [];
  for (const path of paths) {
    const text = readFileSync(path, 'utf8');
    const { mutables, unanalysed } = await readMutables(path, text);
    expect([path, unanalysed]).toEqual([path, undefined]);
    exchanges += mutables.length;
    const placeOf = places(text);
    const given = mutables.map(({ kind, exchange: { form, start, end } }) => [
      kind,
      form,
      ...placeOf(start),
      ...placeOf(end),
    ]);
    jobs.push(JSON.stringify({ path, text, exchanges: given }));
  }
  expect(exchanges).toBeGreaterThan(20_000);
  expect(run(COMPARE, jobs.join('\n'))).toBe('');
});

function run(script: string, input: string): string {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Lines from 1 and columns in bytes, as Python counts them. */
function places(text: string): (offset: number) => readonly [number, number] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return [low + 1, Buffer.byteLength(text.slice(starts[low], offset))];
  };
}

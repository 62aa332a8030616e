import { describe, it } from 'vitest';
import { expectMutants, itMutates } from '../expect-mutants.ts';

describe('await-removal', () => {
  itMutates('await-removal', [
    ['ts', 'await save();', 'save();'],
    ['ts', 'x = await(save());', 'x = (save());'],
    // Whoever called awaits it.
    ['ts', 'return await save();'],
    ['ts', 'const g = async () => await save();'],
    // Nobody else would catch it.
    ['ts', 'try { return await save(); } catch { return b; }', 'try { return save(); } catch { return b; }'],
    ['ts', 'for await (const x of xs) use(x);'],
    ['py', 'await save()', 'save()'],
    ['py', 'x = await(save())', 'x = (save())'],
    ['rs', 'save().await;'],
  ]);

  it('does not call the line above', () => expectMutants('a.mjs', 'const b = c\nawait (a)()', 'await-removal'));
});

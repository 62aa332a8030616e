import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('string-literal', () => {
  itMutates('string-literal', [
    ['ts', "x = 'a';", "x = '';"],
    ['ts', 'x = "";', 'x = "downforce";'],
    ['ts', `x = \`a \${b}\`;`, 'x = ``;'],
    ['ts', "x = a['b'];", "x = a[''];"],
    ['ts', "switch (a) { case 'b': go(); }", "switch (a) { case '': go(); }"],
    // Names, modules, types, and what only a tag or a page understands.
    ['ts', "x = { 'a': b };"],
    ['ts', "const fs = require('fs'), os = await import('os');"],
    ['ts', "const url = new URL('./a', import.meta.url);"],
    ['ts', "let y: 'a' = f<'b'>();"],
    ['ts', "x = typeof a === 'string';"],
    ['ts', "x = Symbol('a');"],
    ['ts', `x = sql\`select \${a}\`;`],
    ['tsx', 'x = <A b="c">text</A>;'],
    ['py', "x = 'a'", "x = ''"],
    ['py', "x = f'a {b}'", "x = f''"],
    ['py', 'x = ""', 'x = "downforce"'],
    ['go', 'x := "a"', 'x := ""'],
    // The compiler, or vet, reads these.
    ['go', 'x := fmt.Sprintf("%d", a)'],
    ['go', "x := 'a'"],
    ['rs', 'let x = "a";', 'let x = "";'],
    ['rs', 'let x = format!("{}", a);'],
    ['rs', "let x = 'a';"],
    ['rs', 'let x = b"a";'],
    ['java', 'String x = "a";', 'String x = "";'],
    ['java', "char x = 'a';"],
  ]);
});

import type { FormRules, Import, TreeForm } from '../tree-form.ts';
import { field, named, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';

/** Comments that the compiler or the linker obeys. */
const DIRECTIVE = /^\/\/(go:(build|embed|linkname)\b|\s*\+build\b|export )/;

export function goForm(_path: string, _root: SyntaxNode, _text: string): FormRules {
  return {
    blocks: new Set(['source_file', 'statement_list']),
    transparent: new Set(['parenthesized_expression']),
    atoms: new Set(['interpreted_string_literal', 'raw_string_literal', 'rune_literal']),
    isDropped: (node, _parent, text) => node.type === 'comment' && !DIRECTIVE.test(sourceOf(node, text)),
    select: (statements, _block, text, part) =>
      part === 'test' ? statements.filter((statement) => !isIdleTest(statement, text)) : statements,
    imports: (statement, text) => (statement.type === 'import_declaration' ? importsOf(statement, text) : undefined),
    // The compiler refuses an import that nothing uses.
    keepsImport: () => true,
    isVariable: (node, parent) =>
      node.type === 'identifier' && !(parent.type === 'literal_element' && parent.field === 'key'),
    write: writeNode,
  };
}

function importsOf(declaration: SyntaxNode, text: string): readonly Import[] {
  return [...walk(declaration)]
    .filter((node) => node.type === 'import_spec')
    .map((spec) => ({ form: `import ${sourceOf(field(spec, 'path'), text)} ${sourceOf(field(spec, 'name'), text)}` }));
}

/** `func f(a int, b int)` and `func f(a, b int)` are one. */
function writeNode(node: SyntaxNode, _parent: SyntaxNode, form: TreeForm): boolean {
  if (node.type === 'const_declaration') return writeConstant(node, form);
  if (node.type === 'parameter_list') {
    form.group(
      node,
      node.children.filter((child) => child.type !== ','),
    );
    return true;
  }
  if (node.type !== 'parameter_declaration') return false;
  const type = field(node, 'type');
  const names = node.children.filter((child) => child.field === 'name');
  if (type === undefined || names.length < 2) return false;
  for (const name of names) form.group(node, [name, type]);
  return true;
}

/** A variable that nothing assigns to may as well be a constant. */
function writeConstant(node: SyntaxNode, form: TreeForm): boolean {
  const [spec, ...more] = named(node);
  if (spec === undefined || more.length > 0 || field(spec, 'value') === undefined) return false;
  form.writer.write('⟨', 'var');
  form.emit(spec, node);
  form.writer.write('⟩');
  return true;
}

/** `func TestX` without a body, or that skips itself first of all. */
function isIdleTest(statement: SyntaxNode, text: string): boolean {
  if (statement.type !== 'function_declaration') return false;
  if (!/^(Test|Benchmark|Fuzz|Example)/.test(sourceOf(field(statement, 'name'), text))) return false;
  const list = field(statement, 'body')?.children.find((child) => child.type === 'statement_list');
  const [first] = list === undefined ? [] : named(list).filter((child) => child.type !== 'comment');
  return first === undefined || /^\w+\.(Skip|SkipNow|Skipf)\(/.test(sourceOf(first, text));
}

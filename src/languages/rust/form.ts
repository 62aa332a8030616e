import type { FormRules, Part, TreeForm } from '../tree-form.ts';
import { field, named, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { rustImports } from './import-names.ts';

/** Attributes that speak to lints and documentation alone. */
const SILENT =
  /^#!?\[\s*(allow|expect|warn|deny|forbid|doc|must_use|deprecated|rustfmt::|cfg_attr\b[\s\S]*\b(allow|expect|warn|deny|doc|docsrs)\b)/;
export const IN_TESTS = /^#\[\s*(cfg\s*\(\s*(test\s*\)|all\s*\(\s*test\b)|([\w:]*::)?test\b|rstest\b|bench\b)/;

const BLOCKS: ReadonlySet<string> = new Set(['source_file', 'block', 'declaration_list']);

export function rustForm(path: string, root: SyntaxNode, source: string): FormRules {
  const tests = /(^|\/)(tests|benches)\//.test(path) ? undefined : testBlocks(root, source);
  return {
    blocks: BLOCKS,
    transparent: new Set(['parenthesized_expression']),
    atoms: new Set(['string_literal', 'raw_string_literal', 'char_literal']),
    isDropped: (node) => node.type === 'line_comment' || node.type === 'block_comment',
    select: (statements, block, text, part) =>
      itemsOf(statements, text)
        .filter((item) => tests === undefined || tests.has(block) || isIn(item, part, text))
        .filter((item) => part === 'runtime' || !isIdle(item, text))
        .flatMap((item) => item.nodes.filter((node) => !SILENT.test(sourceOf(node, text)))),
    imports: (statement, text) => rustImports(statement, text),
    // An import that no line names may bring a trait in.
    keepsImport: () => true,
    isVariable: (node, parent) =>
      node.type === 'identifier' && !/^(scoped_identifier|macro_invocation|function_item|mod_item)$/.test(parent.type),
    write: writeNode,
  };
}

/** A statement with the attributes before it. */
interface Item {
  readonly nodes: readonly SyntaxNode[];
  readonly attributes: readonly string[];
  readonly statement: SyntaxNode;
}

function itemsOf(statements: readonly SyntaxNode[], text: string): readonly Item[] {
  const items: Item[] = [];
  let nodes: SyntaxNode[] = [];
  for (const statement of statements) {
    nodes.push(statement);
    if (statement.type === 'attribute_item') continue;
    const attributes = nodes.slice(0, -1).map((node) => sourceOf(node, text));
    items.push({ nodes, attributes, statement });
    nodes = [];
  }
  return items;
}

const isTest = ({ attributes }: Item): boolean => attributes.some((source) => IN_TESTS.test(source));

function isIn(item: Item, part: Part, text: string): boolean {
  return part === 'runtime' ? !isTest(item) : isTest(item) || holdsTests(item.statement, text);
}

function holdsTests(statement: SyntaxNode, text: string): boolean {
  return statement.type === 'mod_item' && /#\[\s*(cfg\s*\(\s*test|test\b)/.test(sourceOf(statement, text));
}

/** All blocks of code that only tests run. */
function testBlocks(root: SyntaxNode, text: string): ReadonlySet<SyntaxNode> {
  const found = new Set<SyntaxNode>();
  for (const node of walk(root)) {
    if (!BLOCKS.has(node.type) || found.has(node)) continue;
    for (const item of itemsOf(named(node), text)) {
      if (!isTest(item)) continue;
      for (const inside of walk(item.statement)) if (BLOCKS.has(inside.type)) found.add(inside);
    }
  }
  return found;
}

function isIdle({ statement, attributes }: Item, text: string): boolean {
  if (statement.type !== 'function_item' || !attributes.some((source) => /^#\[\s*([\w:]*::)?test\b/.test(source)))
    return false;
  if (attributes.some((source) => /^#\[\s*ignore\b/.test(source))) return true;
  const body = named(field(statement, 'body') ?? statement);
  return body.every((node) => node.type.endsWith('comment') || /^todo!/.test(sourceOf(node, text)));
}

/** `Foo { x }` is `Foo { x: x }`: renaming the local leaves the field. */
function writeNode(node: SyntaxNode, parent: SyntaxNode, form: TreeForm): boolean {
  const word = sourceOf(node, form.text);
  if (node.type === 'shorthand_field_initializer' || node.type === 'shorthand_field_identifier') {
    form.writer.write('⟨', word, ':');
    form.variable(word);
    form.writer.write('⟩');
    return true;
  }
  if (node.type === 'field_pattern' || node.type === 'field_initializer') {
    const value = field(node, 'pattern') ?? field(node, 'value');
    if (value === undefined) return false;
    form.writer.write('⟨', sourceOf(field(node, 'name') ?? field(node, 'field'), form.text), ':');
    form.emit(value, parent);
    form.writer.write('⟩');
    return true;
  }
  return false;
}

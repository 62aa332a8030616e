import type { FormRules, Import, Part, TreeForm } from '../tree-form.ts';
import { field, named, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { pythonImports } from './import-names.ts';
import { writeStrings } from './string-form.ts';
import { isIdleTest } from './test-form.ts';

const SCAFFOLDING = new Set(['TypeVar', 'ParamSpec', 'TypeVarTuple']);

/** What types are written with: `Headers = Union[…]` names one. */
const ALIAS =
  /^((typing|typing_extensions|t|tp|collections\.abc|abc)\.)?(Union|Optional|Callable|Literal|Annotated|List|Dict|Tuple|Set|FrozenSet|Type|(Mutable)?(Mapping|Sequence|Set)|Iterable|Iterator|Generator|Awaitable|Coroutine|Async\w+)$/;

/** Docstrings, annotations and what only a type checker reads do not run. */
export function pythonForm(path: string, root: SyntaxNode, text: string): FormRules {
  const annotated = annotatedNames(root, text);
  const declared = declarations(root);
  const reexports = /(^|\/)__init__\.pyi?$/.test(path);
  return {
    blocks: new Set(['module', 'block']),
    transparent: new Set(['parenthesized_expression']),
    atoms: new Set(['integer', 'float']),
    isDropped: (node, parent) =>
      node.type === 'comment' ||
      node.type === 'line_continuation' ||
      node.type === 'type_parameter' ||
      (node.type === 'type' && (node.field === 'type' || node.field === 'return_type')) ||
      (parent.type === 'function_definition' && node.field === 'return_type'),
    select: (statements, _block, source, part) =>
      statements.filter((statement) => !declared.has(statement)).flatMap((statement) => runs(statement, source, part)),
    imports: pythonImports,
    keepsImport: (found, names) => reexports || keeps(found, names, annotated),
    isVariable: (node, parent) =>
      node.type === 'identifier' &&
      !(parent.type === 'attribute' && node.field === 'attribute') &&
      !(parent.type === 'keyword_argument' && node.field === 'name'),
    write: writeNode,
  };
}

/** An import that only annotations use is for the type checker; one that nothing uses may be there for others. */
function keeps({ form, local }: Import, names: ReadonlySet<string>, annotated: ReadonlySet<string>): boolean {
  if (local === undefined || names.has(local)) return true;
  return !annotated.has(local) && !/^import (__future__|typing|typing_extensions|collections\.abc)\b/.test(form);
}

/** Names in annotations, those in quotes included. */
function annotatedNames(root: SyntaxNode, text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of walk(root)) {
    if (node.type !== 'type') continue;
    for (const [word] of sourceOf(node, text).matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) found.add(word);
  }
  return found;
}

/** `name: int` without a value; in a class it makes a field (of a dataclass, say), elsewhere nothing. */
function declarations(root: SyntaxNode): ReadonlySet<SyntaxNode> {
  const found = new Set<SyntaxNode>();
  const fieldsOfClasses = new Set<SyntaxNode>();
  for (const node of walk(root)) {
    if (node.type === 'class_definition')
      for (const child of field(node, 'body')?.children ?? []) fieldsOfClasses.add(child);
    const only = node.type === 'expression_statement' ? node.children[0] : undefined;
    if (only?.type !== 'assignment' || fieldsOfClasses.has(node)) continue;
    if (field(only, 'type') !== undefined && field(only, 'right') === undefined) found.add(node);
  }
  return found;
}

function runs(statement: SyntaxNode, text: string, part: Part): readonly SyntaxNode[] {
  switch (statement.type) {
    case 'pass_statement':
    case 'type_alias_statement':
      return [];
    case 'expression_statement':
      return expressionRuns(statement, text) ? [statement] : [];
    case 'decorated_definition':
      if (decorators(statement, text).some((name) => name.replace(/^.*\./, '') === 'overload')) return [];
      return part === 'test' && isIdleTest(statement, text) ? [] : [statement];
    case 'function_definition':
    case 'class_definition':
      return part === 'test' && isIdleTest(statement, text) ? [] : [statement];
    case 'if_statement':
      return checksTypes(statement, text) ? whenRunning(statement, text, part) : [statement];
    default:
      return [statement];
  }
}

/** A string alone is documentation. */
export function expressionRuns(statement: SyntaxNode, text: string): boolean {
  const [only, ...more] = named(statement);
  if (only === undefined || more.length > 0) return true;
  if (only.type === 'string' || only.type === 'concatenated_string') return false;
  if (only.type !== 'assignment') return true;
  const right = field(only, 'right');
  if (right?.type === 'subscript') return !ALIAS.test(sourceOf(field(right, 'value'), text));
  if (right?.type !== 'call') return true;
  return !SCAFFOLDING.has(sourceOf(field(right, 'function'), text).replace(/^.*\./, ''));
}

export function decorators(definition: SyntaxNode, text: string): readonly string[] {
  return definition.children
    .filter((child) => child.type === 'decorator')
    .map((child) => sourceOf(named(child)[0], text).replace(/\s+/g, ''));
}

export function checksTypes(statement: SyntaxNode, text: string): boolean {
  return /^(\w+\.)?TYPE_CHECKING$/.test(sourceOf(field(statement, 'condition'), text));
}

/** Of `if TYPE_CHECKING` only what follows `else` runs. */
function whenRunning(statement: SyntaxNode, text: string, part: Part): readonly SyntaxNode[] {
  const otherwise = statement.children.filter((child) => child.field === 'alternative');
  if (otherwise.some((child) => child.type !== 'else_clause')) return [statement];
  const body = otherwise.flatMap((child) => field(child, 'body')?.children ?? []).filter((child) => child.named);
  return body.flatMap((child) => (child.type === 'comment' ? [] : runs(child, text, part)));
}

function writeNode(node: SyntaxNode, parent: SyntaxNode, form: TreeForm): boolean {
  switch (node.type) {
    case 'string':
    case 'concatenated_string':
      return writeStrings(node, form);
    case 'function_definition':
      form.group(
        node,
        node.children.filter((child) => child.type !== '->'),
      );
      return true;
    case 'assignment':
      return writeAssignment(node, form);
    case 'typed_parameter':
    case 'typed_default_parameter':
      return writeParameter(node, form);
    case 'subscript':
      return writeBase(node, parent, form);
    case 'call':
      return writeCast(node, parent, form);
    default:
      return false;
  }
}

function writeAssignment(node: SyntaxNode, form: TreeForm): boolean {
  if (field(node, 'type') === undefined) return false;
  form.group(
    node,
    node.children.filter((child) => child.field !== 'type' && child.type !== ':'),
  );
  return true;
}

/** Looks like the same parameter without its annotation. */
function writeParameter(node: SyntaxNode, form: TreeForm): boolean {
  const kept = node.children.filter((child) => child.field !== 'type' && child.type !== ':');
  const [only, ...more] = kept;
  if (only !== undefined && more.length === 0) form.emit(only, node);
  else form.group(node, kept);
  return true;
}

/** What a class derives from is `Mapping`, whatever it is said to be a mapping of. */
function writeBase(node: SyntaxNode, parent: SyntaxNode, form: TreeForm): boolean {
  const value = field(node, 'value');
  if (parent.type !== 'argument_list' || parent.field !== 'superclasses' || value === undefined) return false;
  form.emit(value, parent);
  return true;
}

/** `cast(T, x)` is `x`. */
function writeCast(node: SyntaxNode, parent: SyntaxNode, form: TreeForm): boolean {
  if (!isCast(node, form.text)) return false;
  const [, value, ...more] = named(field(node, 'arguments') ?? node);
  if (value === undefined || more.length > 0) return false;
  form.emit(value, parent);
  return true;
}

export function isCast(call: SyntaxNode, text: string): boolean {
  return /^((typing|typing_extensions|t)\.)?cast$/.test(sourceOf(field(call, 'function'), text));
}

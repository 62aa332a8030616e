import { field, named, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

const SKIPPED = /^@\s*(pytest\.)?(mark\.skip|unittest\.skip|skip)(\(|$|\s)/;

/** A test that asserts nothing because it is skipped or has no body; a class of nothing but such tests. */
export function isIdleTest(statement: SyntaxNode, text: string): boolean {
  if (statement.children.some((child) => child.type === 'decorator' && SKIPPED.test(sourceOf(child, text))))
    return true;
  const definition = field(statement, 'definition') ?? statement;
  const name = sourceOf(field(definition, 'name'), text);
  const body = named(field(definition, 'body') ?? definition).filter((child) => !isIdle(child, text));
  if (definition.type === 'function_definition') return /^test/.test(name) && startsIdle(body, text);
  return /^Test|Tests?$/.test(name) && body.every((child) => isDefinition(child) && isIdleTest(child, text));
}

function isDefinition(node: SyntaxNode): boolean {
  return ['function_definition', 'decorated_definition', 'class_definition'].includes(node.type);
}

function startsIdle(body: readonly SyntaxNode[], text: string): boolean {
  return body[0] === undefined || /^(pytest|self)\.(skip|skipTest)\(/.test(sourceOf(body[0], text));
}

function isIdle(node: SyntaxNode, text: string): boolean {
  if (node.type === 'pass_statement' || node.type === 'comment') return true;
  if (node.type !== 'expression_statement') return false;
  return /^(string|concatenated_string|ellipsis)$/.test(named(node)[0]?.type ?? '') || sourceOf(node, text) === '...';
}

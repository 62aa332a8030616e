import type { Statement } from '../../engine/language.ts';
import { type AstNode, child, children, keyName, moduleName, word } from './syntax.ts';

/** What a field without nodes says, as tokens; none where it only says how something was written. */
export function scalar(node: AstNode, field: string, value: unknown): readonly string[] {
  if (field === 'optional' && !node.type.startsWith('Optional')) return [];
  if (field === 'expression' && node.type === 'ArrowFunctionExpression') return [];
  if (field === 'computed' && keyName(child(node, 'property') ?? child(node, 'key'), true) !== undefined) return [];
  // Whether a name may be assigned again is checked before anything runs.
  const shown = field === 'kind' && value === 'const' ? 'let' : value;
  return [`${field}=${JSON.stringify(shown)}`];
}

/** The text of a name that is not a variable's: of a member, key, label, export. */
export function memberName(node: AstNode, field: string, value: AstNode): string | undefined {
  if (/^(key|property)$/.test(field)) return keyName(value, node['computed'] === true);
  if (/^(label|meta|exported|namespace)$/.test(field)) return keyName(value, false);
  if (field === 'id' && node.type === 'TSEnumMember') return keyName(value, false);
  return field === 'name' && node.type === 'JSXAttribute' ? keyName(value, false) : undefined;
}

/** One entry a name that is passed on from another module. */
export function reexports(statement: AstNode): readonly Statement[] {
  const names = children(statement, 'specifiers')
    .filter((specifier) => specifier['exportKind'] !== 'type')
    .map((specifier) => {
      const local = keyName(child(specifier, 'local'), false) ?? '*';
      return `${local} as ${keyName(child(specifier, 'exported'), false) ?? ''}`;
    });
  return (names.length === 0 ? ['*'] : names).map((name) => ({
    form: `export ${moduleName(statement)} ${name}`,
    start: statement.start,
  }));
}

export function byExported(a: AstNode, b: AstNode): number {
  const name = (specifier: AstNode): string => keyName(child(specifier, 'exported'), false) ?? '';
  return name(a) < name(b) ? -1 : 1;
}

export function isRequire(call: AstNode): boolean {
  const callee = child(call, 'callee');
  return callee?.type === 'Import' || (callee?.type === 'Identifier' && word(callee, 'name') === 'require');
}

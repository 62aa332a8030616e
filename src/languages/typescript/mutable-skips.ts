import { isErased } from './erased.ts';
import { type Place, typeOf } from './mutable-places.ts';
import { type AstNode, child, word } from './syntax.ts';

const NEVER = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'TSEnumDeclaration',
  'TSImportEqualsDeclaration',
  'TSExternalModuleReference',
  'Decorator',
  'Directive',
  'InterpreterDirective',
  'ImportExpression',
  'JSXText',
  'JSXNamespacedName',
  'JSXMemberExpression',
  'JSXIdentifier',
  'JSXClosingElement',
  'MetaProperty',
  'TemplateElement',
  'RegExpLiteral',
]);

/** What has no effect at run time, or is read by a compiler or bundler before. */
export function isSkipped(place: Place, typescript: boolean): boolean {
  const { node, parent, field } = place;
  if (NEVER.has(node.type) || isErased(node, typescript)) return true;
  switch (typeOf(parent)) {
    case 'ObjectProperty':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
    case 'ClassAccessorProperty':
      return field === 'key' && parent?.node['computed'] !== true;
    case 'JSXAttribute':
      return node.type === 'StringLiteral';
    case 'ExportNamedDeclaration':
      return field !== 'declaration';
    case 'CallExpression':
    case 'NewExpression':
      return parent !== undefined && field === 'arguments' && namesModule(parent.node);
    case 'BinaryExpression':
      return node.type === 'StringLiteral' && isTypeof(child(parent?.node, field === 'left' ? 'right' : 'left'));
    default:
      return false;
  }
}

/** `require('a')`, `import('a')`, `new URL('a', import.meta.url)`, `import.meta.glob('a')`, `Symbol('a')`. */
function namesModule(call: AstNode): boolean {
  const callee = child(call, 'callee');
  switch (callee?.type) {
    case 'Import':
      return true;
    case 'Identifier':
      return word(callee, 'name') === 'Symbol' || (/^(?:require|URL)$/.test(word(callee, 'name')) && isNamedIn(call));
    case 'MemberExpression': {
      const object = child(callee, 'object');
      return object?.type === 'MetaProperty' || /^(?:require|Symbol)$/.test(word(object, 'name'));
    }
    default:
      return false;
  }
}

function isNamedIn(call: AstNode): boolean {
  const given = call['arguments'];
  const [, base]: readonly unknown[] = Array.isArray(given) ? given : [];
  return call.type === 'CallExpression' || base !== undefined;
}

/** Any other string than the right one makes such a comparison false, as its flip does. */
function isTypeof(node: AstNode | undefined): boolean {
  return node?.type === 'UnaryExpression' && node['operator'] === 'typeof';
}

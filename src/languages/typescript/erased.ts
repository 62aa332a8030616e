import { type AstNode, child, children, word } from './syntax.ts';

/** Wrappers that only the type checker sees. */
const CASTS =
  /^(TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TSInstantiationExpression|TypeCastExpression|ParenthesizedExpression|AsExpression|AsConstExpression)$/;

const TYPE_ONLY =
  /^(TSInterfaceDeclaration|TSTypeAliasDeclaration|TSDeclareFunction|TSDeclareMethod|TSIndexSignature|TSNamespaceExportDeclaration|TypeAlias|OpaqueType|InterfaceDeclaration|Declare\w+|EmptyStatement)$/;

/** The expression inside casts. */
export function uncast(node: AstNode): AstNode {
  const inner = CASTS.test(node.type) ? child(node, 'expression') : undefined;
  return inner === undefined ? node : uncast(inner);
}

/** Whether a statement or member leaves nothing behind when types are taken away. */
export function isErased(node: AstNode, typescript: boolean): boolean {
  if (TYPE_ONLY.test(node.type) || node['declare'] === true || node['abstract'] === true) {
    return node.type !== 'ClassDeclaration' || node['declare'] === true;
  }
  switch (node.type) {
    case 'ImportDeclaration':
      return /^type/.test(word(node, 'importKind'));
    case 'TSImportEqualsDeclaration':
      return node['importKind'] === 'type';
    case 'ExportNamedDeclaration':
      return exportsNothing(node, typescript);
    case 'ExportAllDeclaration':
      return node['exportKind'] === 'type';
    case 'ExportDefaultDeclaration': {
      const declaration = child(node, 'declaration');
      return declaration !== undefined && isErased(declaration, typescript);
    }
    case 'ClassProperty':
      return typescript && child(node, 'value') === undefined && children(node, 'decorators').length === 0;
    case 'TSModuleDeclaration': {
      const body = child(node, 'body');
      return node['global'] === true || children(body, 'body').every((statement) => isErased(statement, typescript));
    }
    default:
      return false;
  }
}

function exportsNothing(node: AstNode, typescript: boolean): boolean {
  if (node['exportKind'] === 'type') return true;
  const declaration = child(node, 'declaration');
  if (declaration !== undefined) return isErased(declaration, typescript);
  return children(node, 'specifiers').every((specifier) => specifier['exportKind'] === 'type');
}

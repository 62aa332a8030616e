import { LocalScope } from '../local-scope.ts';
import { type AstNode, below, boundNames, child, children, isFunction, keyName, moduleName, word } from './syntax.ts';

export interface Bindings {
  readonly scopes: ReadonlyMap<AstNode, LocalScope>;
  /** What stands for a name of an import, to the module it comes from. */
  readonly imported: ReadonlyMap<string, string>;
}

const OWN_SCOPE =
  /^(BlockStatement|For\w*Statement|CatchClause|SwitchStatement|ClassDeclaration|ClassExpression|StaticBlock|TSModuleBlock)$/;

/**
 * Scopes of a program. A module's own definitions are numbered too, unless `named` or others can see them;
 * an import stands for its module and name, so that neither alias nor order shows.
 */
export function bind(program: AstNode, named: boolean): Bindings {
  const scopes = new Map<AstNode, LocalScope>();
  const imported = new Map<string, string>();
  const root = new LocalScope();
  scopes.set(program, root);
  const visit = (node: AstNode, block: LocalScope, hoist: LocalScope): void => {
    declare(node, block, hoist, imported);
    const own = isFunction(node) || OWN_SCOPE.test(node.type) ? new LocalScope(block) : undefined;
    if (own !== undefined) {
      scopes.set(node, own);
      declareInside(node, own);
    }
    for (const next of below(node)) visit(next, own ?? block, own !== undefined && isFunction(node) ? own : hoist);
  };
  for (const statement of children(program, 'body')) visit(statement, root, root);
  const kept = named || !isModule(program) ? allNames(program) : exportedNames(program);
  for (const name of kept) root.declare(name, name);
  return { scopes, imported };
}

function declare(node: AstNode, block: LocalScope, hoist: LocalScope, imported: Map<string, string>): void {
  switch (node.type) {
    case 'VariableDeclaration': {
      const scope = node['kind'] === 'var' ? hoist : block;
      for (const declarator of children(node, 'declarations'))
        for (const name of boundNames(child(declarator, 'id'))) scope.declare(name);
      break;
    }
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      for (const name of boundNames(child(node, 'id'))) block.declare(name);
      break;
    case 'ImportDeclaration':
      for (const specifier of children(node, 'specifiers')) declareImport(node, specifier, block, imported);
      break;
  }
}

function declareImport(
  declaration: AstNode,
  specifier: AstNode,
  block: LocalScope,
  imported: Map<string, string>,
): void {
  const source = moduleName(declaration);
  const name =
    specifier.type === 'ImportDefaultSpecifier'
      ? 'default'
      : specifier.type === 'ImportNamespaceSpecifier'
        ? '*'
        : (keyName(child(specifier, 'imported'), false) ?? '');
  const token = `${JSON.stringify(source)}#${name}`;
  imported.set(token, source);
  block.declare(word(child(specifier, 'local'), 'name'), token);
}

/** Parameters, and the name by which a function or class expression knows itself. */
function declareInside(node: AstNode, scope: LocalScope): void {
  if (/^(FunctionExpression|ClassExpression)$/.test(node.type))
    for (const name of boundNames(child(node, 'id'))) scope.declare(name);
  for (const parameter of children(node, 'params')) {
    // `constructor(private a)` makes a member of that name.
    const member = parameter.type === 'TSParameterProperty';
    for (const name of boundNames(parameter)) if (name !== 'this') scope.declare(name, member ? name : undefined);
  }
  if (node.type === 'CatchClause') for (const name of boundNames(child(node, 'param'))) scope.declare(name);
}

/** The top level of a script is everyone's. */
function isModule(program: AstNode): boolean {
  if (program['sourceType'] === 'module') return true;
  const stack = [program];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'Identifier' && /^(require|module|exports)$/.test(word(node, 'name'))) return true;
    stack.push(...below(node));
  }
  return false;
}

function allNames(program: AstNode): readonly string[] {
  return children(program, 'body').flatMap((statement) => declaredNames(child(statement, 'declaration') ?? statement));
}

function exportedNames(program: AstNode): readonly string[] {
  return children(program, 'body')
    .filter((statement) => statement.type.startsWith('Export'))
    .flatMap((statement) => declaredNames(child(statement, 'declaration')));
}

function declaredNames(declaration: AstNode | undefined): readonly string[] {
  if (declaration?.type === 'VariableDeclaration')
    return children(declaration, 'declarations').flatMap((declarator) => boundNames(child(declarator, 'id')));
  return boundNames(child(declaration, 'id'));
}

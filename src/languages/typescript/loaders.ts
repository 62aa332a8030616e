import { unwrap } from './constants.ts';
import { type AstNode, child, children, keyName, word } from './syntax.ts';

/** Objects that have the real `require` as a property. */
const HOLDERS = /^(module|globalThis|global|window|self)$/;

/** What loads modules in a file: `require` under whatever name it goes there, what `createRequire` makes, and their kin. */
export class Loaders {
  readonly #names = new Set(['require']);
  readonly #makers = new Set(['createRequire']);
  readonly #parents = new Map<AstNode, AstNode>();

  constructor(nodes: readonly AstNode[], childrenOf: (node: AstNode) => readonly AstNode[]) {
    for (const node of nodes) for (const below of childrenOf(node)) this.#parents.set(below, node);
    // Aliases may be used above the line that makes them, and be made of each other in any order.
    for (let known = -1; known !== this.#names.size + this.#makers.size; ) {
      known = this.#names.size + this.#makers.size;
      for (const node of nodes) this.#learn(node);
    }
  }

  /** Whether calling this loads, or finds, the module that its first argument names. */
  isLoader(written: AstNode | undefined): boolean {
    const node = unwrap(written);
    switch (node?.type) {
      case 'Identifier':
        return this.#names.has(word(node, 'name'));
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        return this.#isLoadingMember(node);
      case 'CallExpression':
      case 'OptionalCallExpression': {
        const callee = unwrap(child(node, 'callee'));
        return this.#isMaker(callee) || (nameOf(callee) === 'bind' && this.isLoader(child(callee, 'object')));
      }
      case 'ConditionalExpression':
        return this.isLoader(child(node, 'consequent')) || this.isLoader(child(node, 'alternate'));
      case 'LogicalExpression':
        return this.isLoader(child(node, 'left')) || this.isLoader(child(node, 'right'));
      default:
        return false;
    }
  }

  #isLoadingMember(node: AstNode): boolean {
    const object = unwrap(child(node, 'object'));
    const name = nameOf(node);
    const meta = object?.type === 'MetaProperty';
    if (name === 'resolve') return meta || this.isLoader(object);
    if (name === 'getBuiltinModule') return word(object, 'name') === 'process';
    return name === 'require' && (meta || HOLDERS.test(word(object, 'name')) || nameOf(object) === 'mainModule');
  }

  /** `createRequire`, which makes a loader. */
  #isMaker(node: AstNode | undefined): boolean {
    return node?.type === 'Identifier' ? this.#makers.has(word(node, 'name')) : nameOf(node) === 'createRequire';
  }

  #learn(node: AstNode): void {
    if (node.type === 'ImportSpecifier' && word(child(node, 'imported'), 'name') === 'createRequire')
      this.#makers.add(word(child(node, 'local'), 'name'));
    const target = child(node, node.type === 'VariableDeclarator' ? 'id' : 'left');
    const value = child(node, node.type === 'VariableDeclarator' ? 'init' : 'right');
    if (!/^(VariableDeclarator|AssignmentExpression|AssignmentPattern)$/.test(node.type) || target === undefined)
      return;
    if (target.type === 'Identifier') {
      if (this.isLoader(value)) this.#names.add(word(target, 'name'));
      if (this.#isMaker(unwrap(value))) this.#makers.add(word(target, 'name'));
    } else if (target.type === 'ObjectPattern') this.#learnParts(target, this.isLoader(value));
  }

  /** `const { resolve } = require`, `const { createRequire: make } = await import('node:module')`. */
  #learnParts(pattern: AstNode, ofLoader: boolean): void {
    for (const property of children(pattern, 'properties')) {
      const name = keyName(child(property, 'key'), property['computed'] === true);
      const local = word(child(property, 'value'), 'name');
      if (local === '') continue;
      if (name === 'createRequire') this.#makers.add(local);
      if (name === 'resolve' && ofLoader) this.#names.add(local);
    }
  }

  /** Whether a loader is handed on here: whoever gets it may load anything. */
  isHandedOn(node: AstNode): boolean {
    const named = node.type === 'Identifier' && this.#isMaker(node);
    if (!named && (node.type === 'ConditionalExpression' || node.type === 'LogicalExpression' || !this.isLoader(node)))
      return false;
    // What is wrapped is judged by itself.
    if (unwrap(node) !== node) return false;
    let at = node;
    for (let user = this.#parents.get(at); user !== undefined; user = this.#parents.get(at)) {
      // What puts a loader back to where loaders are hands nothing on.
      if (!passesOn(user, at)) return handsOn(user, at, this.#parents) && !this.isLoader(child(user, 'left'));
      at = user;
    }
    return false;
  }
}

/** What a member expression asks for. */
function nameOf(node: AstNode | undefined): string | undefined {
  return node === undefined || !/^(Optional)?MemberExpression$/.test(node.type)
    ? undefined
    : keyName(child(node, 'property'), node['computed'] === true);
}

/** Whether the value of a part is the value of the whole. */
function passesOn(whole: AstNode, part: AstNode): boolean {
  if (whole.type === 'ConditionalExpression') return child(whole, 'test') !== part;
  if (whole.type === 'LogicalExpression') return whole['operator'] !== '&&' || child(whole, 'right') === part;
  if (whole.type === 'SequenceExpression') return children(whole, 'expressions').at(-1) === part;
  return /^(TS(As|NonNull|Satisfies)Expression|TSTypeAssertion|ParenthesizedExpression)$/.test(whole.type);
}

function handsOn(user: AstNode, value: AstNode, parents: ReadonlyMap<AstNode, AstNode>): boolean {
  switch (user.type) {
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return child(user, 'callee') !== value;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return child(user, 'object') === value && nameOf(user) === undefined;
    case 'VariableDeclarator':
      return child(user, 'init') === value && (child(user, 'id')?.type === 'ArrayPattern' || isExported(user, parents));
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return child(user, 'right') === value && !/^(Identifier|ObjectPattern)$/.test(child(user, 'left')?.type ?? '');
    case 'ObjectProperty':
      return child(user, 'value') === value && parents.get(user)?.type === 'ObjectExpression';
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return child(user, 'value') === value;
    case 'ArrowFunctionExpression':
      return child(user, 'body') === value;
    case 'ExportSpecifier':
      return child(user, 'local') === value;
    default:
      return /^(ArrayExpression|SpreadElement|ReturnStatement|YieldExpression|AwaitExpression|ExportDefaultDeclaration|TSExportAssignment|JSXExpressionContainer)$/.test(
        user.type,
      );
  }
}

function isExported(declarator: AstNode, parents: ReadonlyMap<AstNode, AstNode>): boolean {
  const declaration = parents.get(declarator);
  return declaration !== undefined && parents.get(declaration)?.type === 'ExportNamedDeclaration';
}

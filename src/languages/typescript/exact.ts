import type { Extraction, Reference, ReferenceKind } from '../../engine/language.ts';
import { commentReferences } from './comment-references.ts';
import { childrenOf, constantStrings, type KnownString, nodesOf, stringOf, unwrap } from './constants.ts';
import { parseProgram } from './full-parse.ts';
import { Loaders } from './loaders.ts';
import { scriptSources } from './script-text.ts';
import { type AstNode, child, children, keyName, word } from './syntax.ts';

/** Every reference by full parse: nothing from comments or strings but what a tool reads there, and aliases seen through. */
export function extractExactly(path: string, text: string): Extraction {
  try {
    const { root, comments } = parseProgram(path, text);
    const references = [...scriptSources(path, text), ...new Reader(root).run(), ...commentReferences(comments)];
    return { references: references.sort((a, b) => a.start - b.start) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 160) : String(error);
    return { references: [], unanalysed: `does not parse: ${reason}` };
  }
}

const MOCKS =
  /^(mock|unmock|doMock|doUnmock|dontMock|requireActual|requireMock|importActual|importMock|createMockFromModule)$/;

class Reader {
  readonly #nodes: readonly AstNode[];
  readonly #found: Reference[] = [];
  readonly #constants: ReadonlyMap<string, string>;
  readonly #loaders: Loaders;

  constructor(program: AstNode) {
    this.#nodes = [...nodesOf(program)];
    this.#constants = constantStrings(this.#nodes);
    this.#loaders = new Loaders(this.#nodes, childrenOf);
  }

  run(): Reference[] {
    for (const node of this.#nodes) {
      this.#declaration(node);
      if (node.type === 'ImportExpression') this.#argument(node, child(node, 'source'), 'dynamic');
      else if (node.type === 'NewExpression') this.#url(node);
      else if (/^(Optional)?CallExpression$/.test(node.type)) this.#call(node);
      if (this.#loaders.isHandedOn(node)) this.#push(node, undefined, 'require');
    }
    return this.#found;
  }

  #declaration(node: AstNode): void {
    switch (node.type) {
      case 'ImportDeclaration':
        this.#name(child(node, 'source'), 'static', isTypeOnly(node, 'importKind'), namesIn(node));
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        this.#name(child(node, 'source'), 'reexport', isTypeOnly(node, 'exportKind'), namesIn(node));
        break;
      case 'TSImportType': {
        const argument = child(node, 'argument');
        this.#name(argument?.type === 'TSLiteralType' ? child(argument, 'literal') : argument, 'static', true);
        break;
      }
      case 'TSImportEqualsDeclaration': {
        const source = child(child(node, 'moduleReference'), 'expression');
        this.#name(source, 'require', node['importKind'] === 'type', [word(child(node, 'id'), 'name')]);
        break;
      }
      case 'TSModuleDeclaration':
        // `declare module './a'` adds to a file of the repository; one of another name declares what has no types.
        if (word(child(node, 'id'), 'value').startsWith('.')) this.#name(child(node, 'id'), 'static', true);
        break;
      default:
        break;
    }
  }

  #call(node: AstNode): void {
    const callee = unwrap(child(node, 'callee'));
    const [first, second] = children(node, 'arguments');
    if (callee?.type === 'Import') this.#argument(node, first, 'dynamic');
    else if (this.#loaders.isLoader(callee)) {
      const meta = child(callee, 'object')?.type === 'MetaProperty';
      if (first !== undefined) this.#argument(node, first, meta ? 'dynamic' : 'require');
    } else if (callee !== undefined && /^(Optional)?MemberExpression$/.test(callee.type))
      this.#member(node, callee, first, second);
  }

  /** `require.call`, `require.context`, `import.meta.glob`, `vi.mock`. */
  #member(node: AstNode, callee: AstNode, first: AstNode | undefined, second: AstNode | undefined): void {
    const object = unwrap(child(callee, 'object'));
    const name = keyName(child(callee, 'property'), callee['computed'] === true) ?? '';
    const loader = this.#loaders.isLoader(object);
    const meta = object?.type === 'MetaProperty';
    if (loader && name === 'call') this.#argument(node, second, 'require');
    else if (loader && name === 'apply') this.#argument(node, second, 'require');
    else if (loader && name === 'ensure') this.#argument(node, first, 'require');
    else if ((loader && name === 'context') || (meta && name === 'webpackContext')) this.#folder(node, first);
    else if (meta && /^glob(Eager)?$/.test(name)) this.#globs(first);
    else if (MOCKS.test(name) && /^(jest|vi)$/.test(word(object, 'name'))) this.#mock(first);
  }

  #mock(first: AstNode | undefined): void {
    // `vi.mock(import('./a'))` is found as the import that it is.
    const text = first === undefined || /Import|Call/.test(first.type) ? undefined : stringOf(first, this.#constants);
    if (first !== undefined && text !== undefined) this.#push(first, text, 'dynamic');
  }

  #globs(first: AstNode | undefined): void {
    const patterns = first?.type === 'ArrayExpression' ? children(first, 'elements') : [first];
    for (const pattern of patterns) {
      const text = pattern === undefined ? undefined : stringOf(pattern, this.#constants);
      if (pattern !== undefined && text !== undefined && !text.value.startsWith('!'))
        this.#push(pattern, { ...text, glob: true }, 'dynamic');
    }
  }

  #folder(call: AstNode, first: AstNode | undefined): void {
    const text = first === undefined ? undefined : stringOf(first, this.#constants);
    if (first === undefined || text === undefined) this.#push(call, undefined, 'dynamic');
    else this.#push(first, { value: `${text.value}/**`, glob: true }, 'dynamic');
  }

  /** `new URL('./a.wasm', import.meta.url)`; `.` and folders are places, not modules. */
  #url(node: AstNode): void {
    const [first, base] = children(node, 'arguments');
    if (word(child(node, 'callee'), 'name') !== 'URL' || child(base, 'object')?.type !== 'MetaProperty') return;
    const text = first === undefined ? undefined : stringOf(first, this.#constants);
    if (first === undefined || text === undefined || /^([a-z][\w+.-]*:|[/#?])|^\.{0,2}$|\/$/i.test(text.value)) return;
    const value = text.value.startsWith('.') ? text.value : `./${text.value}`;
    this.#push(first, { ...text, value }, 'dynamic');
  }

  #argument(call: AstNode, argument: AstNode | undefined, kind: ReferenceKind): void {
    if (argument === undefined) this.#push(call, undefined, kind);
    for (const node of argument === undefined ? [] : alternatives(argument)) {
      const text = stringOf(node, this.#constants);
      this.#push(text === undefined ? call : node, text, kind);
    }
  }

  #name(source: AstNode | undefined, kind: ReferenceKind, typeOnly: boolean, names: readonly string[] = []): void {
    if (source?.type !== 'StringLiteral') return;
    this.#push(source, { value: word(source, 'value'), glob: false }, kind, typeOnly, names);
  }

  #push(
    node: AstNode,
    text: KnownString | undefined,
    kind: ReferenceKind,
    typeOnly = false,
    names: readonly string[] = [],
  ): void {
    const quoted = node.type === 'StringLiteral' || node.type === 'TemplateLiteral' ? 1 : 0;
    this.#found.push({
      specifier: text?.value,
      ...(text?.glob === true ? { glob: true } : {}),
      kind,
      typeOnly,
      start: node.start + quoted,
      end: node.end - quoted,
      ...(names.length === 0 ? {} : { names }),
    });
  }
}

function isTypeOnly(node: AstNode, kind: 'importKind' | 'exportKind'): boolean {
  const isType = (part: AstNode): boolean => part[kind] === 'type' || part[kind] === 'typeof';
  const specifiers = children(node, 'specifiers');
  return isType(node) || (specifiers.length > 0 && specifiers.every(isType));
}

/** Both the name in the other module and the one given to it here: either may be what a rule speaks of. */
function namesIn(node: AstNode): readonly string[] {
  const names = children(node, 'specifiers').flatMap((specifier) =>
    ['imported', 'local', 'exported'].map((key) => keyName(child(specifier, key), false) ?? ''),
  );
  return [...new Set(names)].filter((name) => name !== '');
}

/** `a ? './x' : './y'`, `name ?? './x'` and `['./x', './y']` load any of them. */
function alternatives(written: AstNode): readonly AstNode[] {
  const node = unwrap(written) ?? written;
  const parts = (...keys: string[]): readonly AstNode[] => keys.flatMap((key) => child(node, key) ?? []);
  if (node.type === 'ConditionalExpression') return parts('consequent', 'alternate').flatMap(alternatives);
  if (node.type === 'LogicalExpression') return parts('left', 'right').flatMap(alternatives);
  return node.type === 'ArrayExpression' ? children(node, 'elements').flatMap(alternatives) : [node];
}

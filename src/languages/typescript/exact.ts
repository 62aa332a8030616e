import { type ParserPlugin, parse } from '@babel/parser';
import type { Extraction, Reference, ReferenceKind } from '../../engine/language.ts';
import { childrenOf, constantStrings, type Node, nodesOf, stringOf } from './constants.ts';
import { scriptText } from './references.ts';

/** Every reference by full parse: nothing from comments or strings but what a tool reads there, and aliases seen through. */
export function extractExactly(path: string, text: string): Extraction {
  const source = scriptText(path, text);
  try {
    const file = parse(source, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowNewTargetOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
      plugins: pluginsFor(path, source),
    });
    const program: unknown = file.program;
    if (!isNode(program)) return { references: [], unanalysed: 'does not parse' };
    const walk = new Walk(program);
    const references = [...walk.run(), ...commentReferences(file.comments ?? [])];
    return { references: references.sort((a, b) => a.start - b.start) };
  } catch (error) {
    return {
      references: [],
      unanalysed: `does not parse: ${error instanceof Error ? error.message.slice(0, 160) : String(error)}`,
    };
  }
}

function pluginsFor(path: string, source: string): ParserPlugin[] {
  const common: ParserPlugin[] = [
    'decorators-legacy',
    'explicitResourceManagement',
    'sourcePhaseImports',
    'deferredImportEvaluation',
  ];
  if (/\.[cm]?ts$/.test(path)) return [...common, ['typescript', { dts: path.endsWith('.d.ts') }]];
  if (/\.(tsx|vue|svelte|astro)$/.test(path))
    return [...common, 'typescript', ...(path.endsWith('.tsx') ? (['jsx'] as const) : [])];
  return /@flow\b/.test(source.slice(0, 500)) ? [...common, 'jsx', 'flow'] : [...common, 'jsx'];
}

const MOCKS =
  /^(mock|unmock|doMock|doUnmock|dontMock|requireActual|requireMock|importActual|importMock|createMockFromModule)$/;
/** What one may ask of `require` without loading anything by it. */
const INNOCENT = /^(main|cache|extensions|toString|length|name)$/;

class Walk {
  readonly #program: Node;
  readonly #found: Reference[] = [];
  readonly #loaders = new Set(['require']);
  readonly #constants: ReadonlyMap<string, string>;

  constructor(program: Node) {
    this.#program = program;
    this.#constants = constantStrings(program);
  }

  run(): Reference[] {
    // Aliases may be used above the line that makes them, inside functions that run later.
    for (const node of nodesOf(this.#program)) this.#learnAlias(node);
    this.#visit(this.#program, undefined);
    return this.#found;
  }

  #learnAlias(node: Node): void {
    if (node.type !== 'VariableDeclarator' && node.type !== 'AssignmentExpression') return;
    const target = node['id'] ?? node['left'];
    const value = node['init'] ?? node['right'];
    if (!isNode(target) || !isNode(value) || target.type !== 'Identifier') return;
    if (this.#isLoader(value) || isCreateRequire(value)) this.#loaders.add(String(target['name']));
  }

  #isLoader(node: Node): boolean {
    if (node.type === 'Identifier') return this.#loaders.has(String(node['name']));
    if (node.type === 'MemberExpression') {
      const { object, property } = node;
      return isNamed(object, 'module') && isNamed(property, 'require');
    }
    return isCreateRequire(node);
  }

  #visit(node: Node, parent: Node | undefined): void {
    this.#declaration(node);
    this.#call(node);
    this.#escape(node, parent);
    for (const child of childrenOf(node)) this.#visit(child, node);
  }

  #declaration(node: Node): void {
    switch (node.type) {
      case 'ImportDeclaration':
        this.#add(node['source'], 'static', isTypeOnly(node, 'importKind'), namesIn(node));
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        this.#add(node['source'], 'reexport', isTypeOnly(node, 'exportKind'), namesIn(node));
        break;
      case 'TSImportType':
        this.#add(
          isNode(node['argument']) && node['argument'].type === 'TSLiteralType'
            ? node['argument']['literal']
            : node['argument'],
          'static',
          true,
        );
        break;
      case 'TSExternalModuleReference':
        this.#add(node['expression'], 'require', false);
        break;
      default:
    }
  }

  #call(node: Node): void {
    const callee = node['callee'];
    const [first] = listOf(node['arguments']);
    if (node.type === 'ImportExpression') this.#argument(node, node['source'], 'dynamic');
    else if (node.type === 'NewExpression' && isNamed(callee, 'URL')) this.#url(node);
    else if (!/^(Optional)?CallExpression$/.test(node.type) || !isNode(callee)) return;
    else if (callee.type === 'Import') this.#argument(node, first, 'dynamic');
    else if (this.#isLoader(callee)) {
      if (isCreateRequire(callee) || !isCreateRequire(node)) this.#argument(node, first, 'require');
    } else if (callee.type === 'MemberExpression') this.#member(node, callee, first);
  }

  /** `require.resolve`, `import.meta.resolve`, `vi.mock`, `import.meta.glob`. */
  #member(node: Node, callee: Node, first: unknown): void {
    const { object, property } = callee;
    const name = isNode(property) ? String(property['name'] ?? '') : '';
    if (!isNode(object)) return;
    const meta = object.type === 'MetaProperty';
    if (name === 'resolve' && meta) this.#argument(node, first, 'dynamic');
    else if (name === 'resolve' && this.#isLoader(object)) this.#argument(node, first, 'require');
    else if (/^glob(Eager)?$/.test(name) && meta) this.#globs(first);
    else if (MOCKS.test(name) && (isNamed(object, 'jest') || isNamed(object, 'vi'))) this.#mock(first);
  }

  #mock(first: unknown): void {
    const argument =
      isNode(first) && (first.type === 'ImportExpression' || first.type === 'CallExpression') ? undefined : first;
    const text = isNode(argument) ? stringOf(argument, this.#constants) : undefined;
    if (isNode(argument) && text !== undefined) this.#push(argument, text.value, 'dynamic', false, text.glob);
  }

  #globs(first: unknown): void {
    const patterns = isNode(first) && first.type === 'ArrayExpression' ? listOf(first['elements']) : [first];
    for (const pattern of patterns) {
      const text = isNode(pattern) ? stringOf(pattern, this.#constants) : undefined;
      if (isNode(pattern) && text !== undefined && !text.value.startsWith('!'))
        this.#push(pattern, text.value, 'dynamic', false, true);
    }
  }

  #url(node: Node): void {
    const [first, base] = listOf(node['arguments']);
    const text = isNode(first) ? stringOf(first, this.#constants) : undefined;
    const ofModule =
      isNode(base) &&
      base.type === 'MemberExpression' &&
      isNode(base['object']) &&
      base['object'].type === 'MetaProperty';
    if (isNode(first) && text !== undefined && ofModule && /^\.{1,2}\//.test(text.value))
      this.#push(first, text.value, 'dynamic', false, text.glob);
  }

  /** `require` handed on: whoever gets it may load anything. */
  #escape(node: Node, parent: Node | undefined): void {
    if (node.type !== 'Identifier' || node['name'] !== 'require' || parent === undefined) return;
    const argument =
      (parent.type === 'CallExpression' || parent.type === 'NewExpression') &&
      listOf(parent['arguments']).includes(node);
    const property = parent.type === 'ObjectProperty' && parent['value'] === node && parent['shorthand'] !== true;
    const indexed =
      parent.type === 'MemberExpression' &&
      parent['object'] === node &&
      parent['computed'] !== true &&
      isNode(parent['property']) &&
      !INNOCENT.test(String(parent['property']['name'])) &&
      !/^(resolve|context|ensure)$/.test(String(parent['property']['name']));
    const returned =
      parent.type === 'ReturnStatement' || (parent.type === 'ArrowFunctionExpression' && parent['body'] === node);
    if (argument || property || indexed || returned) this.#push(node, undefined, 'require', false, false);
  }

  #argument(call: Node, argument: unknown, kind: ReferenceKind): void {
    const texts = isNode(argument)
      ? alternatives(argument).map((node) => ({ node, text: stringOf(node, this.#constants) }))
      : [];
    if (texts.length === 0) this.#push(call, undefined, kind, false, false);
    for (const { node, text } of texts)
      this.#push(text === undefined ? call : node, text?.value, kind, false, text?.glob ?? false);
  }

  #add(source: unknown, kind: ReferenceKind, typeOnly: boolean, names?: readonly string[]): void {
    if (isNode(source) && source.type === 'StringLiteral')
      this.#push(source, String(source['value']), kind, typeOnly, false, names);
  }

  #push(
    node: Node,
    specifier: string | undefined,
    kind: ReferenceKind,
    typeOnly: boolean,
    glob: boolean,
    names?: readonly string[],
  ): void {
    const quoted = node.type === 'StringLiteral' || node.type === 'TemplateLiteral' ? 1 : 0;
    this.#found.push({
      specifier,
      ...(glob ? { glob } : {}),
      kind,
      typeOnly,
      start: (node.start ?? 0) + quoted,
      end: (node.end ?? 0) - quoted,
      ...(names === undefined || names.length === 0 ? {} : { names }),
    });
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node['name'] === name;
}

function isCreateRequire(node: Node): boolean {
  if (node.type !== 'CallExpression' || !isNode(node['callee'])) return false;
  const callee = node['callee'];
  return (
    isNamed(callee, 'createRequire') ||
    (callee.type === 'MemberExpression' && isNamed(callee['property'], 'createRequire'))
  );
}

function isTypeOnly(node: Node, kind: 'importKind' | 'exportKind'): boolean {
  if (node[kind] === 'type' || node[kind] === 'typeof') return true;
  const specifiers = listOf(node['specifiers']);
  return (
    specifiers.length > 0 &&
    specifiers.every((specifier) => isNode(specifier) && (specifier[kind] === 'type' || specifier[kind] === 'typeof'))
  );
}

/** Both the name in the other module and the one given to it here: either may be what a rule speaks of. */
function namesIn(node: Node): readonly string[] {
  const names = listOf(node['specifiers']).flatMap((specifier) => {
    if (!isNode(specifier)) return [];
    return ['imported', 'local', 'exported'].flatMap((key) => {
      const name = specifier[key];
      return isNode(name) ? [String(name['name'] ?? name['value'] ?? '')] : [];
    });
  });
  return [...new Set(names)];
}

/** `a ? './x' : './y'` and `name ?? './x'` load either. */
function alternatives(node: Node): Node[] {
  if (node.type === 'ConditionalExpression')
    return [node['consequent'], node['alternate']].filter(isNode).flatMap(alternatives);
  if (node.type === 'LogicalExpression') return [node['left'], node['right']].filter(isNode).flatMap(alternatives);
  return [node];
}

const DIRECTIVE = /^\/\s*<reference\s+(?:path|types)\s*=\s*["']([^"']+)["']/;
const JSDOC_IMPORT = /\bimport\(\s*["']([^"']+)["']\s*\)|@import\s+[^\n]*?\bfrom\s+["']([^"']+)["']/g;

/** What TypeScript reads in comments: reference directives, and types in JSDoc. */
function commentReferences(comments: readonly { type: string; value: string; start?: number }[]): Reference[] {
  return comments.flatMap((comment) => {
    const offset = (comment.start ?? 0) + 2;
    const make = (specifier: string, index: number): Reference => {
      const start = offset + comment.value.indexOf(specifier, index);
      return { specifier, kind: 'static', typeOnly: true, start, end: start + specifier.length };
    };
    const directive = comment.type === 'CommentLine' ? DIRECTIVE.exec(comment.value) : null;
    if (directive !== null) return [make(directive[1] ?? '', directive.index)];
    if (comment.type !== 'CommentBlock' || !comment.value.startsWith('*')) return [];
    return [...comment.value.matchAll(JSDOC_IMPORT)].map((match) => make(match[1] ?? match[2] ?? '', match.index));
  });
}

import type { Statement } from '../../engine/language.ts';
import { type Form, FormWriter } from '../form-writer.ts';
import type { LocalScope } from '../local-scope.ts';
import type { Bindings } from './bindings.ts';
import { isErased, uncast } from './erased.ts';
import { byExported, isRequire, memberName, reexports, scalar } from './form-parts.ts';
import { writeLiteral } from './literals.ts';
import { type AstNode, child, children, fieldsOf, isNode, moduleName, word } from './syntax.ts';
import { isIdleTest, isTitled } from './test-calls.ts';

export interface FormOptions {
  readonly typescript: boolean;
  readonly tests: boolean;
  /** Names may be used where this tree does not show it: in a component's template. */
  readonly keepImports: boolean;
}

export function writeProgram(program: AstNode, bindings: Bindings, options: FormOptions): Form {
  return new ProgramForm(bindings, options).write(program);
}

/** Statements that may stand alone or in braces. */
const BODIES = /^(body|consequent|alternate)$/;
const BRACED = /^(IfStatement|For\w*Statement|WhileStatement|DoWhileStatement|WithStatement)$/;
const LISTS = /^(Program|BlockStatement|StaticBlock|ClassBody|TSModuleBlock|SwitchCase)$/;

class ProgramForm {
  readonly #writer = new FormWriter();
  readonly #bindings: Bindings;
  readonly #options: FormOptions;
  /** Modules that something is used of. */
  readonly #used = new Set<string>();
  readonly #prelude: Statement[] = [];
  #scope: LocalScope | undefined;

  constructor(bindings: Bindings, options: FormOptions) {
    this.#bindings = bindings;
    this.#options = options;
  }

  write(program: AstNode): Form {
    const body = [...children(program, 'directives'), ...children(program, 'body')];
    const imports = body.filter((statement) => statement.type === 'ImportDeclaration');
    const within = body.filter((statement) => !this.#isPrelude(statement));
    this.#inScope(program, () => this.#statements(within));
    for (const declaration of imports) this.#import(declaration);
    const unique = new Map(this.#prelude.map((statement) => [statement.form, statement]));
    return this.#writer.finish([...unique.values()]);
  }

  /** Imports and re-exports: their order says nothing. */
  #isPrelude(statement: AstNode): boolean {
    if (statement.type === 'ImportDeclaration') return true;
    const source = child(statement, 'source');
    if (!statement.type.startsWith('Export') || source === undefined) return false;
    if (isErased(statement, this.#options.typescript)) return true;
    this.#prelude.push(...reexports(statement));
    return true;
  }

  #import(declaration: AstNode): void {
    const source = moduleName(declaration);
    const bare = children(declaration, 'specifiers').length === 0;
    const kept = bare || this.#options.keepImports || this.#used.has(source);
    if (!kept || isErased(declaration, this.#options.typescript)) return;
    this.#prelude.push({ form: `import ${source}`, start: declaration.start });
  }

  #emit(given: AstNode): void {
    const node = uncast(given);
    if (isErased(node, this.#options.typescript)) return;
    this.#inScope(node, () => this.#node(node));
  }

  #inScope(node: AstNode, body: () => void): void {
    const around = this.#scope;
    this.#scope = this.#bindings.scopes.get(node) ?? around;
    body();
    this.#scope = around;
  }

  #node(node: AstNode): void {
    switch (node.type) {
      case 'Identifier':
      case 'JSXIdentifier':
        this.#reference(word(node, 'name'));
        break;
      case 'ExportNamedDeclaration':
        this.#export(node);
        break;
      case 'TSParameterProperty':
        this.#group(node, ['parameter']);
        break;
      case 'BlockStatement':
      case 'ClassBody':
      case 'TSModuleBlock':
        this.#block(node, [...children(node, 'directives'), ...children(node, 'body')]);
        break;
      case 'JSXOpeningElement':
      case 'JSXClosingElement':
        this.#element(node);
        break;
      default:
        if (!writeLiteral(node, this.#writer)) this.#group(node, fieldsOf(node));
    }
  }

  #group(node: AstNode, fields: readonly string[]): void {
    this.#writer.write('⟨', node.type);
    for (const field of fields) this.#field(node, field);
    this.#writer.write('⟩');
  }

  #field(node: AstNode, field: string): void {
    const value = node[field];
    if (value === null || value === undefined || value === false) return;
    if (field === 'params') this.#parameters(node);
    else if (Array.isArray(value) && LISTS.test(node.type)) this.#block(node, value.filter(isNode));
    else if (Array.isArray(value)) this.#items(node, field, value);
    else if (isNode(value)) this.#child(node, field, value);
    else this.#writer.write(...scalar(node, field, value));
  }

  #child(node: AstNode, field: string, value: AstNode): void {
    const name = memberName(node, field, value);
    this.#writer.write(`${field}:`);
    if (name !== undefined) this.#writer.write(JSON.stringify(name));
    else if (value.type === 'BlockStatement') this.#emit(value);
    else if (field === 'body' && node.type === 'ArrowFunctionExpression')
      this.#writer.block(value.start, () => this.#returned(value));
    else if (BRACED.test(node.type) && BODIES.test(field)) this.#block(node, [value]);
    else this.#emit(value);
  }

  #items(node: AstNode, field: string, values: readonly unknown[]): void {
    this.#writer.write(`${field}[`);
    values.forEach((value, index) => {
      // A test's title runs nothing.
      if (this.#options.tests && field === 'arguments' && index === 0 && isTitled(node)) return;
      if (isNode(value) && field === 'arguments' && isRequire(node)) this.#module(value);
      else if (isNode(value)) this.#emit(value);
      else this.#writer.write('hole');
    });
    this.#writer.write(']');
  }

  #module(specifier: AstNode): void {
    if (specifier.type !== 'StringLiteral') this.#emit(specifier);
    else this.#writer.write(JSON.stringify(word(specifier, 'value').replace(/^node:/, '')));
  }

  #parameters(node: AstNode): void {
    const receiver = (parameter: AstNode): boolean =>
      parameter.type === 'Identifier' && word(parameter, 'name') === 'this';
    this.#writer.write('(');
    for (const parameter of children(node, 'params')) {
      for (const decorator of children(parameter, 'decorators')) this.#emit(decorator);
      if (!receiver(parameter)) this.#emit(parameter);
    }
    this.#writer.write(')');
  }

  /** `a => b` is `a => { return b }`. */
  #returned(value: AstNode): void {
    this.#writer.statement(value.start, () => {
      this.#writer.write('⟨', 'ReturnStatement', 'argument:');
      this.#emit(value);
      this.#writer.write('⟩');
    });
  }

  #block(node: AstNode, statements: readonly AstNode[]): void {
    this.#writer.block(node.start, () => this.#statements(statements));
  }

  #statements(statements: readonly AstNode[]): void {
    for (const statement of statements) {
      if (isErased(statement, this.#options.typescript)) continue;
      if (this.#options.tests && isIdleTest(statement)) continue;
      this.#writer.statement(statement.start, () => this.#emit(statement));
    }
  }

  #export(node: AstNode): void {
    const declaration = child(node, 'declaration');
    if (declaration !== undefined) {
      this.#group(node, ['declaration']);
      return;
    }
    this.#writer.write('⟨', 'export');
    const specifiers = children(node, 'specifiers').filter((specifier) => specifier['exportKind'] !== 'type');
    for (const specifier of specifiers.toSorted(byExported)) this.#group(specifier, ['local', 'exported']);
    this.#writer.write('⟩');
  }

  /** `<div>` is a name of the page, `<Cart>` a variable. */
  #element(node: AstNode): void {
    const name = child(node, 'name');
    this.#writer.write('⟨', node.type);
    if (name?.type === 'JSXIdentifier' && /^[a-z]/.test(word(name, 'name'))) this.#writer.write(word(name, 'name'));
    else if (name !== undefined) this.#emit(name);
    for (const attribute of children(node, 'attributes')) this.#emit(attribute);
    this.#writer.write('⟩');
  }

  #reference(name: string): void {
    const token = this.#scope?.resolve(name);
    const source = token === undefined ? undefined : this.#bindings.imported.get(token);
    if (source !== undefined) this.#used.add(source);
    if (token === undefined) this.#writer.name(name);
    else this.#writer.write(token);
  }
}

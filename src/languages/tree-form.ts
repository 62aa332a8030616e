import { type Form, FormWriter } from './form-writer.ts';
import type { LocalScope } from './local-scope.ts';
import type { Scopes } from './tree-scopes.ts';
import { type SyntaxNode, sourceOf } from './tree-sitter.ts';

export type Part = 'runtime' | 'test';

export interface Import {
  /** One name of one module, in a form that does not depend on how imports are grouped. */
  readonly form: string;
  /** What the file calls it; undefined where that is not one name. */
  readonly local?: string;
}

/** What of a language's syntax runs, and how it is written so that equal programs look equal. */
export interface FormRules {
  /** Nodes whose named children are statements. */
  readonly blocks: ReadonlySet<string>;
  /** Nodes that say no more than their only child: parentheses. */
  readonly transparent: ReadonlySet<string>;
  /** Nodes written as they stand in the source: literals. */
  readonly atoms: ReadonlySet<string>;
  /** Comments, annotations: what never runs. */
  isDropped(node: SyntaxNode, parent: SyntaxNode, text: string): boolean;
  /** The statements of a block that run. */
  select(statements: readonly SyntaxNode[], block: SyntaxNode, text: string, part: Part): readonly SyntaxNode[];
  /** Undefined where a statement is no import. */
  imports(statement: SyntaxNode, text: string): readonly Import[] | undefined;
  keepsImport(found: Import, names: ReadonlySet<string>): boolean;
  /** Whether an identifier is the name of a variable, not of a member. */
  isVariable(node: SyntaxNode, parent: SyntaxNode): boolean;
  /** Writes a node its own way; false where the general way will do. */
  write?(node: SyntaxNode, parent: SyntaxNode, form: TreeForm): boolean;
}

export interface FormSource {
  readonly root: SyntaxNode;
  readonly text: string;
  readonly scopes: Scopes;
  readonly rules: FormRules;
  readonly part: Part;
}

export function writeTree(source: FormSource): Form {
  return new TreeForm(source).finish();
}

/** Every node with more than one token is bracketed, so that precedence needs no parentheses and lists no commas. */
export class TreeForm {
  readonly writer = new FormWriter();
  readonly text: string;
  readonly #source: FormSource;
  readonly #imports: { readonly found: Import; readonly start: number }[] = [];
  #scope: LocalScope | undefined;

  constructor(source: FormSource) {
    this.#source = source;
    this.text = source.text;
  }

  finish(): Form {
    const { root, rules } = this.#source;
    this.#statements(root, true);
    const kept = this.#imports.filter(({ found }) => rules.keepsImport(found, this.writer.names));
    const unique = new Map(kept.map(({ found, start }) => [found.form, { form: found.form, start }]));
    return this.writer.finish([...unique.values()]);
  }

  emit(node: SyntaxNode, parent: SyntaxNode): void {
    const around = this.#scope;
    this.#scope = this.#source.scopes.get(node) ?? around;
    this.#emit(node, parent);
    this.#scope = around;
  }

  #emit(node: SyntaxNode, parent: SyntaxNode): void {
    const { rules, text } = this.#source;
    if (node.named && rules.isDropped(node, parent, text)) return;
    const inner = rules.transparent.has(node.type) ? this.#only(node) : undefined;
    if (inner !== undefined) this.emit(inner, node);
    else if (node.named && rules.write?.(node, parent, this) === true) return;
    else if (rules.blocks.has(node.type)) this.writer.block(node.start, () => this.#statements(node, false));
    else if (node.children.length === 0 || rules.atoms.has(node.type)) this.#leaf(node, parent);
    else this.group(node, node.children);
  }

  group(node: SyntaxNode, children: readonly SyntaxNode[]): void {
    this.writer.write('⟨');
    children.forEach((child, index) => {
      if (child.type === ',' && this.#isLast(node, children, index)) return;
      this.emit(child, node);
    });
    this.writer.write('⟩');
  }

  #leaf(node: SyntaxNode, parent: SyntaxNode): void {
    const word = sourceOf(node, this.text).trim();
    if (word === '') return;
    if (!node.named || node.children.length > 0) this.writer.write(word);
    else if (this.#source.rules.isVariable(node, parent)) this.variable(word);
    else this.writer.name(word);
  }

  variable(word: string): void {
    const token = this.#scope?.resolve(word);
    if (token === undefined) this.writer.name(word);
    else this.writer.write(token);
  }

  #statements(node: SyntaxNode, top: boolean): void {
    const { rules, text, part } = this.#source;
    const statements = node.children.filter((child) => child.named && !rules.isDropped(child, node, text));
    for (const statement of rules.select(statements, node, text, part)) {
      const imports = rules.imports(statement, text);
      if (imports === undefined) this.writer.statement(statement.start, () => this.emit(statement, node));
      else if (top) this.#imports.push(...imports.map((found) => ({ found, start: statement.start })));
      else this.writer.statement(statement.start, () => this.writer.write(...imports.map(({ form }) => form).sort()));
    }
  }

  #only(node: SyntaxNode): SyntaxNode | undefined {
    const { rules, text } = this.#source;
    const inside = node.children.filter((child) => child.named && !rules.isDropped(child, node, text));
    return inside.length === 1 ? inside[0] : undefined;
  }

  #isLast(node: SyntaxNode, children: readonly SyntaxNode[], index: number): boolean {
    const { rules, text } = this.#source;
    const next = children.slice(index + 1).find((child) => !child.named || !rules.isDropped(child, node, text));
    return next === undefined || (!next.named && /^[)\]}>]$/.test(sourceOf(next, text)));
  }
}

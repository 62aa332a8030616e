import type { Analyser, Analysis, Marker } from '../engine/language.ts';
import type { GrammarName, Grammars } from '../engine/ports.ts';
import { positionAt } from '../engine/text.ts';
import type { Form } from './form-writer.ts';
import { createAnalysis, type Definition, guarded, unreadable } from './lazy-analysis.ts';
import { type FormRules, type Part, writeTree } from './tree-form.ts';
import { buildScopes, type ScopeRules } from './tree-scopes.ts';
import { openParser, type Parse, type SyntaxNode, walk } from './tree-sitter.ts';

/** All that is particular to a language that tree-sitter reads. */
export interface TreeLanguage {
  readonly grammar: GrammarName;
  readonly comments: ReadonlySet<string>;
  /** What a definition is called; undefined for other nodes. */
  nameOf(node: SyntaxNode, text: string): string | undefined;
  markersOf(node: SyntaxNode, text: string): readonly Marker[];
  readonly scopes: ScopeRules;
  /** Rules of writing, which may differ by path and by what the file holds. */
  formRules(path: string, root: SyntaxNode, text: string): FormRules;
}

export async function openTreeAnalyser(grammars: Grammars, language: TreeLanguage): Promise<Analyser> {
  const parse = await openParser(grammars, language.grammar);
  return (path, text) => guarded(text, () => analyse(path, text, parse, language));
}

function analyse(path: string, text: string, parse: Parse, language: TreeLanguage): Analysis {
  const parsed = parse(text);
  if (parsed === undefined) return unreadable(text, 'takes too long to parse');
  const { root, brokenAt } = parsed;
  const nodes = [...walk(root)];
  const comments = nodes
    .filter((node) => language.comments.has(node.type))
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end).trimEnd() }));
  // Names of the module stay as they are either way.
  const forms = new Map<Part, Form>();
  return createAnalysis({
    text,
    comments,
    markers: () => nodes.flatMap((node) => language.markersOf(node, text)),
    definitions: () => definitionsOf(root, text, language),
    form: (part) => {
      const known = forms.get(part);
      if (known !== undefined) return known;
      const rules = language.formRules(path, root, text);
      const form = writeTree({ root, text, part, rules, scopes: buildScopes(root, text, language.scopes) });
      forms.set(part, form);
      return form;
    },
    unanalysed: brokenAt === undefined ? undefined : `does not parse at line ${positionAt(text, brokenAt).line}`,
  });
}

function definitionsOf(root: SyntaxNode, text: string, language: TreeLanguage): readonly Definition[] {
  const found: Definition[] = [];
  const stack: { readonly node: SyntaxNode; readonly around: string }[] = [{ node: root, around: '' }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, around } = next;
    const own = node.named ? language.nameOf(node, text) : undefined;
    const name = own === undefined ? around : around === '' ? own : `${around}.${own}`;
    if (own !== undefined) found.push({ name, start: node.start, end: node.end });
    for (const child of node.children.toReversed()) stack.push({ node: child, around: name });
  }
  return found;
}

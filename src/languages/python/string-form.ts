import type { TreeForm } from '../tree-form.ts';
import { named, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

/** Quotes and the cuts of a string over several lines say nothing: plain neighbours are one string. */
export function writeStrings(node: SyntaxNode, form: TreeForm): boolean {
  const strings = node.type === 'string' ? [node] : named(node).filter((child) => child.type === 'string');
  let plain: { readonly prefix: string; text: string } | undefined;
  const flush = (): void => {
    if (plain !== undefined) form.writer.write(`${plain.prefix}${JSON.stringify(plain.text)}`);
    plain = undefined;
  };
  form.writer.write('⟨');
  for (const string of strings) {
    const prefix = prefixOf(string, form.text);
    if (string.children.some((child) => child.type === 'interpolation')) {
      flush();
      writeInterpolated(string, prefix, form);
    } else {
      // Without anything to fill in, an f-string is the string it says.
      const own = prefix.replace('f', '');
      if (plain !== undefined && plain.prefix !== own) flush();
      plain = { prefix: own, text: (plain?.text ?? '') + contentOf(string, form.text) };
    }
  }
  flush();
  form.writer.write('⟩');
  return true;
}

function prefixOf(string: SyntaxNode, text: string): string {
  const start = string.children.find((child) => child.type === 'string_start');
  return sourceOf(start, text)
    .replace(/["'uU]/g, '')
    .toLowerCase();
}

function contentOf(string: SyntaxNode, text: string): string {
  const content = string.children.filter((child) => child.type === 'string_content');
  return content.map((child) => unquote(sourceOf(child, text))).join('');
}

function unquote(content: string): string {
  return content.replace(/\\(["'])/g, '$1');
}

function writeInterpolated(string: SyntaxNode, prefix: string, form: TreeForm): void {
  form.writer.write('⟨', prefix);
  for (const child of string.children) {
    if (child.type === 'string_content') form.writer.write(JSON.stringify(unquote(sourceOf(child, form.text))));
    else if (child.type === 'interpolation') form.emit(child, string);
  }
  form.writer.write('⟩');
}

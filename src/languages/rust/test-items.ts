import { isComment } from '../tree-nodes.ts';
import { type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { IN_TESTS } from './form.ts';

/** Nodes that an attribute leaves to tests: `#[test] fn …`, `#[cfg(test)] mod …`. */
export function testItems(root: SyntaxNode, text: string): ReadonlySet<SyntaxNode> {
  const found = new Set<SyntaxNode>();
  for (const node of walk(root)) {
    let marked = false;
    for (const child of node.children) {
      if (child.type === 'inner_attribute_item') {
        if (IN_TESTS.test(sourceOf(child, text).replace('!', ''))) for (const item of node.children) found.add(item);
      } else if (child.type === 'attribute_item') marked ||= IN_TESTS.test(sourceOf(child, text));
      else if (!isComment(child)) {
        if (marked) found.add(child);
        marked = false;
      }
    }
  }
  return found;
}

import type { Marker } from '../../engine/language.ts';
import { type SyntaxNode, sourceOf } from '../tree-sitter.ts';

const LEVEL = /\b(?:allow|expect)\s*\(/g;

/** Lints that an attribute turns off, those inside `cfg_attr` included. */
export function allowances(node: SyntaxNode, text: string): readonly Marker[] {
  if (node.type !== 'attribute_item' && node.type !== 'inner_attribute_item') return [];
  const source = sourceOf(node, text);
  if (!/^#!?\[\s*(allow|expect|cfg_attr)\b/.test(source)) return [];
  return [...source.matchAll(LEVEL)].flatMap((level) => {
    const list = source.slice(level.index + level[0].length).replace(/\)[\s\S]*$/, '');
    const codes = list.split(',').map((part) => part.replace(/\s+/g, ''));
    return codes
      .filter((code) => code !== '' && !/^reason=/.test(code))
      .map((code) => ({
        tool: code.startsWith('clippy::') ? 'clippy' : 'rustc',
        code: code.replace(/^clippy::/, ''),
        start: node.start,
        end: node.end,
      }));
  });
}

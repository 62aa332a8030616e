import type { FormWriter } from '../form-writer.ts';
import { type AstNode, child, children, isNode, word } from './syntax.ts';

/** Writes what a literal says, however it is quoted or laid out; false for other nodes. */
export function writeLiteral(node: AstNode, writer: FormWriter): boolean {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'DirectiveLiteral':
      writer.write(JSON.stringify(node['value']));
      return true;
    case 'TemplateLiteral': {
      const [only, ...more] = children(node, 'quasis');
      if (only === undefined || more.length > 0) return false;
      writer.write(JSON.stringify(cooked(only)));
      return true;
    }
    case 'TemplateElement':
      writer.write(JSON.stringify(cooked(node)));
      return true;
    case 'JSXText':
      writer.write(JSON.stringify(shown(word(node, 'value'))));
      return true;
    case 'JSXExpressionContainer':
      return child(node, 'expression')?.type === 'JSXEmptyExpression';
    default:
      return false;
  }
}

function cooked(element: AstNode): unknown {
  const value: unknown = element['value'];
  if (typeof value !== 'object' || value === null || isNode(value)) return value;
  // A tag may see what was written; escapes that say the same differ only there.
  return 'cooked' in value && typeof value.cooked === 'string' ? value.cooked : 'raw' in value ? value.raw : '';
}

/** Lines of JSX text are trimmed and joined by a space. */
function shown(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

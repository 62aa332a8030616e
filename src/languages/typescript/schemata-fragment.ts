import { brokenLine, dialects, parseAs } from './full-parse.ts';
import { isAnonymous } from './schemata-positions.ts';
import { type AstNode, child, children, isNode } from './syntax.ts';

/** What stands in an exchange with a mutant in it, on one line. */
export interface Fragment {
  readonly text: string;
  /** A function or class without a name of its own. */
  readonly anonymous: boolean;
}

interface Parsed {
  /** The text that was parsed, which is a little more than the fragment. */
  readonly text: string;
  readonly root: AstNode;
  readonly tokens: readonly Token[];
}

interface Token {
  readonly type: unknown;
  readonly start: number;
  readonly end: number;
}

/** Undefined where it is no expression, or cannot be put on one line. */
export function expressionFragment(path: string, text: string): Fragment | undefined {
  const parsed = parseFragment(path, `(${text}\n)`);
  const [statement, ...more] = children(parsed?.root, 'body');
  const value = child(statement, 'expression');
  if (parsed === undefined || value === undefined || more.length > 0) return undefined;
  if (children(parsed.root, 'directives').length > 0 || !isEnclosed(value)) return undefined;
  const line = onOneLine(text, parsed, 1);
  return line === undefined ? undefined : { text: line, anonymous: isAnonymous(value) };
}

/** Whether the parentheses around the fragment belong together. */
function isEnclosed({ extra }: AstNode): boolean {
  return typeof extra === 'object' && extra !== null && 'parenStart' in extra && extra.parenStart === 0;
}

const LEXICAL = /^(Class|Function|TSEnum|TSModule|Export\w*|Import)Declaration$|^TSImportEquals|^TSExport/;

/** Names that a statement declares for the statements beside it, other than by `var`. */
export function declaresBeside(statement: AstNode): boolean {
  if (statement.type === 'VariableDeclaration') return statement['kind'] !== 'var';
  const labelled = statement.type === 'LabeledStatement' ? child(statement, 'body') : undefined;
  return labelled === undefined ? LEXICAL.test(statement.type) : declaresBeside(labelled);
}

/** Undefined where it is no list of statements, declares what others need, or cannot be put on one line. */
export function statementFragment(path: string, text: string): Fragment | undefined {
  const parsed = parseFragment(path, text);
  if (parsed === undefined || children(parsed.root, 'body').some(declaresBeside)) return undefined;
  const line = onOneLine(text, parsed, 0);
  return line === undefined ? undefined : { text: line, anonymous: false };
}

function parseFragment(path: string, text: string): Parsed | undefined {
  try {
    const options = { sourceType: 'module', tokens: true, allowYieldOutsideFunction: true } as const;
    const file = parseAs(dialects(path, text), text, options);
    const root: unknown = file.program;
    if (!isNode(root) || brokenLine(file) !== undefined) return undefined;
    const tokens = (file.tokens ?? []).filter(isToken);
    return { text, root, tokens };
  } catch {
    // Two operands, half a statement: what operators make of unusual code.
    return undefined;
  }
}

function isToken(value: unknown): value is Token {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value && !isComment(value);
}

function isComment(value: object): boolean {
  return 'type' in value && (value.type === 'CommentLine' || value.type === 'CommentBlock');
}

/** The text without line breaks and comments that end with one. `offset`: where it begins in what was parsed. */
function onOneLine(text: string, parsed: Parsed, offset: number): string | undefined {
  if (!/[\n\r\u2028\u2029]|\/\//.test(text)) return text;
  const marks = statementEnds(parsed);
  const tagged = taggedTemplates(parsed.root);
  let line = '';
  let at = offset;
  for (const token of parsed.tokens) {
    if (token.start < offset || token.end > offset + text.length || token.start === token.end) continue;
    if (token.start < at) return undefined;
    line += between(parsed.text.slice(at, token.start), marks.has(at));
    const piece = tokenOnOneLine(parsed.text.slice(token.start, token.end), token, tagged);
    if (piece === undefined) return undefined;
    line += piece;
    at = token.end;
  }
  return line;
}

function between(gap: string, endsStatement: boolean): string {
  if (!/[\n\r\u2028\u2029]|\/\//.test(gap)) return gap;
  return endsStatement ? '; ' : ' ';
}

function tokenOnOneLine(text: string, token: Token, tagged: readonly AstNode[]): string | undefined {
  if (!/[\n\r\u2028\u2029]/.test(text)) return text;
  const label = labelOf(token);
  if (label === 'jsxText') return jsxOnOneLine(text);
  // A tag sees how its template is written.
  if (tagged.some(({ start, end }) => start <= token.start && token.end <= end)) return undefined;
  const joined = text.replace(/((?:^|[^\\])(?:\\\\)*)\\(?:\r\n|[\n\r\u2028\u2029])/g, '$1');
  if (label === 'template') return joined.replace(/\r\n|\r|\n/g, '\\n');
  return label === 'string' && !/[\n\r]/.test(joined) ? joined : undefined;
}

function labelOf({ type }: Token): string {
  return typeof type === 'object' && type !== null && 'label' in type ? String(type.label) : '';
}

/** Lines of JSX text are joined by one space each, without the white space around their ends. */
function jsxOnOneLine(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line, index, all) => {
    const start = index === 0 ? line : line.replace(/^[ \t]+/, '');
    return index === all.length - 1 ? start : start.replace(/[ \t]+$/, '');
  });
  return lines.filter((line) => line !== '').join(' ');
}

const UNMARKED =
  /^(Expression|Return|Throw|Break|Continue|Debugger|DoWhile)Statement$|^(Variable|TSTypeAlias|Import|Export\w*|TSImportEquals)Declaration$|^(Directive|TSDeclareFunction|TSDeclareMethod|TSExportAssignment)$|^Class(Private|Accessor)?Property$|^TS\w*Signature$/;

/** Where a line break stands for a semicolon. */
function statementEnds({ root, text }: Parsed): ReadonlySet<number> {
  const ends = new Set<number>();
  visitAll(root, (node, parent) => {
    const isHead = /^For/.test(parent?.type ?? '') && node.type === 'VariableDeclaration' && node !== parent?.['body'];
    if (UNMARKED.test(node.type) && !isHead && !/[;,]/.test(text[node.end - 1] ?? '')) ends.add(node.end);
  });
  return ends;
}

function taggedTemplates(root: AstNode): readonly AstNode[] {
  const found: AstNode[] = [];
  visitAll(root, (node) => {
    if (node.type === 'TaggedTemplateExpression') found.push(node);
  });
  return found;
}

/** All nodes, those of types included. */
function visitAll(node: AstNode, visit: (node: AstNode, parent: AstNode | undefined) => void, parent?: AstNode): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value])
      if (isNode(each) && /^[A-Z]/.test(each.type) && !isComment(each)) visitAll(each, visit, node);
  }
}

import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import { type Config, configSchema } from '../../protocol/config.ts';
import { ExpectedError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { positionAt } from '../text.ts';

/**
 * Reads `downforce.jsonc`.
 * @param file the name to show in messages.
 * @throws ExpectedError naming every mistake with its place, what is allowed, and the nearest right word.
 */
export function parseConfig(text: string, file: string): Config {
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true, disallowComments: false });
  const broken = errors[0];
  if (broken !== undefined || tree === undefined) {
    const at = broken === undefined ? '' : place(text, broken.offset);
    const what = broken === undefined ? 'is empty' : printParseErrorCode(broken.error);
    throw invalid(file, [`${file}${at}: not JSON with comments: ${what}`]);
  }
  const result = configSchema.safeParse(plain(tree));
  if (result.success) return result.data;
  throw invalid(
    file,
    result.error.issues.flatMap((issue) => describe(issue, text, tree, file)),
  );
}

function invalid(file: string, problems: readonly string[]): ExpectedError {
  const shown = problems.slice(0, 8);
  const more = problems.length > shown.length ? [`… and ${problems.length - shown.length} more`] : [];
  return new ExpectedError(
    'config/invalid',
    [...shown, ...more].join('\n'),
    `Mend ${file}, or remove it to go without configuration.`,
  );
}

/** As `getNodeValue`, but a `__proto__` key stays a key. */
function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value;
  const entries = (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), plain(value)] as const];
  });
  return Object.fromEntries(entries);
}

function describe(issue: z.core.$ZodIssue, text: string, tree: Node, file: string): string[] {
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedKeys(issue.path);
    return issue.keys.map((key) => {
      const near = nearestWord(key, allowed);
      const advice = near === undefined ? `allowed: ${allowed.join(', ')}` : `did you mean "${near}"?`;
      return `${file}${place(text, offsetOf(tree, [...issue.path, key]))}: ${dotted(issue.path)} has an unknown key "${key}"; ${advice}`;
    });
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().filter((item) => item.path.length > 0 || item.code !== 'invalid_type');
    const most = inner[0];
    if (most !== undefined)
      return describe({ ...most, path: [...issue.path, ...most.path] } as z.core.$ZodIssue, text, tree, file);
  }
  if (issue.code === 'invalid_key' && issue.issues[0] !== undefined) {
    return [`${file}${place(text, offsetOf(tree, issue.path))}: ${dotted(issue.path)}: ${issue.issues[0].message}`];
  }
  const found = find(tree, issue.path);
  const value = found === undefined ? 'nothing' : JSON.stringify(plain(found)).slice(0, 60);
  const near = issue.code === 'invalid_value' ? nearestWord(String(found?.value), issue.values.map(String)) : undefined;
  const advice = near === undefined ? '' : ` (did you mean "${near}"?)`;
  const at = place(text, offsetOf(tree, issue.path));
  return [`${file}${at}: ${dotted(issue.path)} is ${value}: ${issue.message}${advice}`];
}

function dotted(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the configuration' : path.map(String).join('.');
}

function find(tree: Node, path: readonly PropertyKey[]): Node | undefined {
  let node: Node | undefined = tree;
  for (const part of path) {
    const children: readonly Node[] = node?.children ?? [];
    node =
      typeof part === 'number'
        ? children[part]
        : children.find((child) => child.children?.[0]?.value === part)?.children?.[1];
  }
  return node;
}

function offsetOf(tree: Node, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = find(tree, path.slice(0, length));
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return 0;
}

function place(text: string, offset: number): string {
  const { line, column } = positionAt(text, offset);
  return `:${line}:${column}`;
}

/** Keys that the schema knows at a place of the configuration. */
function allowedKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = configSchema;
  for (const part of path) schema = step(unwrap(schema), part);
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function step(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(part)];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return unwrap(schema.unwrap());
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.map(unwrap).find((option) => option instanceof z.ZodObject);
  return schema;
}

import type { Node } from 'jsonc-parser';
import { z } from 'zod';
import { nearestWord } from '../nearest-word.ts';
import { cut } from '../text.ts';
import { dotted, shortKey } from './json-problems.ts';

export interface Mistake {
  /** Of the place in the text. */
  readonly offset: number;
  readonly message: string;
}

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/**
 * What the schema found, in words: the place, what stands there, what is allowed and the nearest right word.
 * @param root the schema of the whole file.
 */
export function describeIssue(issue: Issue, tree: Node, root: z.ZodType, prefix: Path = []): readonly Mistake[] {
  const path = [...prefix, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, tree, root));
    case 'invalid_union': {
      const meant = likeliest(issue.errors);
      return meant === undefined
        ? [wrongValue(issue, path, tree)]
        : meant.flatMap((inner) => describeIssue(inner, tree, root, path));
    }
    case 'invalid_key':
      return [
        { offset: offsetOf(tree, path), message: `${dotted(path)}: ${issue.issues[0]?.message ?? issue.message}` },
      ];
    default:
      return [wrongValue(issue, path, tree)];
  }
}

function unknownKey(key: string, path: Path, tree: Node, root: z.ZodType): Mistake {
  const allowed = [...new Set(schemasAt(path, root).flatMap(keysOf))];
  const near = nearestWord(shortKey(key), allowed);
  const advice = near === undefined ? `allowed: ${allowed.join(', ')}` : `did you mean "${near}"?`;
  const message = `${dotted(path)} has an unknown key ${JSON.stringify(shortKey(key))}; ${advice}`;
  return { offset: offsetOf(tree, [...path, key]), message };
}

function wrongValue(issue: Issue, path: Path, tree: Node): Mistake {
  const found = find(tree, path);
  const word = typeof found?.value === 'string' ? shortKey(found.value) : undefined;
  const near =
    issue.code === 'invalid_value' && word !== undefined ? nearestWord(word, issue.values.map(String)) : undefined;
  const value = found === undefined ? 'nothing' : cut(JSON.stringify(plainValue(found)), 60);
  const advice = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return { offset: offsetOf(tree, path), message: `${dotted(path)} is ${value}: ${issue.message}${advice}` };
}

/** Of the shapes that a value may have, the issues of the one it is nearest to; undefined where it is like none. */
function likeliest(options: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const unlike = (code: Issue['code']): boolean => code === 'invalid_type' || code === 'invalid_value';
  const distance = (issues: readonly Issue[]): number => {
    const whole = issues.filter((issue) => issue.path.length === 0 && unlike(issue.code));
    if (whole.some((issue) => issue.code === 'invalid_type')) return Number.POSITIVE_INFINITY;
    const keys = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : ['']));
    return whole.length * 1000 + keys.length;
  };
  const [nearest] = options
    .filter((issues) => distance(issues) < Number.POSITIVE_INFINITY)
    .sort((a, b) => distance(a) - distance(b));
  return nearest;
}

/** As `getNodeValue`, but a `__proto__` key stays a key. */
export function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value;
  const entries = (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), plainValue(value)] as const];
  });
  return Object.fromEntries(entries);
}

function find(tree: Node, path: Path): Node | undefined {
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

/** Of the innermost part of the path that is there. */
export function offsetOf(tree: Node, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = find(tree, path.slice(0, length));
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return 0;
}

/** What the schema allows at a place: more than one where it is a choice. */
function schemasAt(path: Path, root: z.ZodType): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (schemas, part) => schemas.flatMap((schema) => step(schema, part)),
    choices(root),
  );
}

function step(schema: unknown, part: PropertyKey): readonly unknown[] {
  if (schema instanceof z.ZodObject) return choices(schema.shape[String(part)]);
  if (schema instanceof z.ZodRecord) return choices(schema.valueType);
  return schema instanceof z.ZodArray ? choices(schema.element) : [];
}

function choices(schema: unknown): readonly unknown[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return choices(schema.unwrap());
  if (schema instanceof z.ZodPipe) return choices(schema.in);
  return schema instanceof z.ZodUnion ? schema.options.flatMap(choices) : [schema];
}

function keysOf(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

import type { ConditionOf, Exchange } from '../../engine/mutation/mutable.ts';
import type { Place, Role } from '../tree-mutables.ts';
import { type SyntaxNode, sourceOf } from '../tree-sitter.ts';

const SKIPPED = new Set([
  'line_comment',
  'block_comment',
  'package_declaration',
  'import_declaration',
  'module_declaration',
  'annotation_type_declaration',
  'annotation',
  'marker_annotation',
  'modifiers',
  'type_parameters',
  'type_arguments',
  'superclass',
  'super_interfaces',
  'extends_interfaces',
  'permits',
  'formal_parameters',
  'inferred_parameters',
  'throws',
  'dimensions',
  'catch_formal_parameter',
]);

const EXPRESSION = /_(expression|invocation|literal|access)$|^(identifier|this|true|false|method_reference)$/;
const STATEMENT =
  /_statement$|^(local_variable|field|constant|class|record|enum|interface)_declaration$|^(explicit_constructor_invocation|block|constructor_body)$/;

const CONDITIONS = new Map<string, ConditionOf>([
  ['if_statement', 'if'],
  ['while_statement', 'while'],
  ['do_statement', 'do'],
  ['for_statement', 'for'],
  ['ternary_expression', 'ternary'],
]);

export function isSkipped(node: SyntaxNode, place: Place): boolean {
  const { node: parent } = place;
  if (SKIPPED.has(node.type) || node.field === 'type') return true;
  // `while (false)` is refused, and so is what follows a loop without end.
  if (node.type === 'true' && isLoop(place.role ?? roleOf(node, place))) return true;
  // Of a `case` the guard alone is no constant.
  return parent.type === 'switch_label' && node.type !== 'guard';
}

function isLoop(role: Role | undefined): boolean {
  return role?.as === 'condition' && /^(while|do|for)$/.test(role.of);
}

export function roleOf(node: SyntaxNode, { node: parent }: Place): Role | undefined {
  if (parent.type === 'guard') return { as: 'condition', of: 'guard' };
  if (parent.type === 'lambda_expression')
    return node.field === 'body' && node.type !== 'block' ? { as: 'return' } : undefined;
  const of = CONDITIONS.get(parent.type);
  return of !== undefined && node.field === 'condition' ? { as: 'condition', of } : undefined;
}

export function exchangeOf(node: SyntaxNode, { node: parent }: Place): Exchange | undefined {
  const exchange = { start: node.start, end: node.end };
  if (STATEMENT.test(node.type)) return { form: 'statement', ...exchange };
  if (parent.type === 'expression_statement') return undefined;
  return EXPRESSION.test(node.type) ? { form: 'expression', ...exchange } : undefined;
}

export function runsAtLoad(node: SyntaxNode, { node: parent, text }: Place): boolean | undefined {
  switch (node.type) {
    case 'static_initializer':
    case 'constant_declaration':
    case 'enum_constant':
      return true;
    case 'field_declaration':
      return /\bstatic\b/.test(
        sourceOf(
          node.children.find(({ type }) => type === 'modifiers'),
          text,
        ),
      );
    case 'block':
    case 'constructor_body':
      // The block of a class is run for every object.
      return /_declaration$|^(class_body|lambda_expression)$/.test(parent.type) ? false : undefined;
    default:
      return parent.type === 'lambda_expression' && node.field === 'body' ? false : undefined;
  }
}

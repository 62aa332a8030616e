import { endOf, type Place } from '../tree-mutables.ts';
import { holds, isLastOf } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';

const DIVERTING = /^(return|throw|break|continue|yield)_statement$/;

/** Whether what is around ends where this ends. */
export function falls({ node }: Place, { node: parent, parent: around }: Place): boolean {
  switch (parent.type) {
    case 'block':
    case 'constructor_body':
    case 'switch_block_statement_group':
      return isLastOf(node, parent);
    case 'switch_block':
      return node.type === 'switch_rule' || isLastOf(node, parent);
    case 'switch_expression':
      return around !== undefined && isStatement(around.node);
    case 'if_statement':
      return node.field !== 'condition';
    case 'labeled_statement':
    case 'synchronized_statement':
    case 'try_statement':
    case 'try_with_resources_statement':
    case 'catch_clause':
    case 'finally_clause':
    case 'switch_rule':
      return true;
    default:
      return false;
  }
}

/** Whether a `switch` right in this node is a statement. */
function isStatement(around: SyntaxNode): boolean {
  return /^(block|constructor_body|switch_block_statement_group|switch_rule|labeled_statement|if_statement)$|^(for|enhanced_for|while|do)_statement$/.test(
    around.type,
  );
}

/** Whether something that gives a value back would end without one if control got past this. */
export function mustDivert(place: Place): boolean {
  const owner = endOf(place, falls).parent;
  switch (owner?.node.type) {
    case 'method_declaration':
      return field(owner.node, 'type')?.type !== 'void_type';
    case 'lambda_expression':
      return [...walk(owner.node)].some(
        ({ type, children }) => type === 'return_statement' && children[1]?.type !== ';',
      );
    case 'switch_expression':
      return true;
    default:
      return false;
  }
}

export function diverts(node: SyntaxNode): boolean {
  return holds(node, ({ type }) => DIVERTING.test(type));
}

/** `for (;;)` and `while (true)`, which only what is in them can end. */
export function isEndless(loop: SyntaxNode, text: string): boolean {
  const condition = field(loop, 'condition');
  if (loop.type === 'for_statement') return condition === undefined;
  return /^(while|do)_statement$/.test(loop.type) && /^\(\s*true\s*\)$/.test(sourceOf(condition, text));
}

/** Neither checked by the compiler nor so general that it always accepts them. */
const UNCHECKED =
  /^([\w.]*\.)?(Throwable|Exception|\w*Error|(Runtime|IllegalArgument|IllegalState|NullPointer|ClassCast|\w*IndexOutOfBounds|NumberFormat|Arithmetic|UnsupportedOperation|ConcurrentModification|NoSuchElement|InputMismatch|NegativeArraySize|ArrayStore|Security|DateTime\w*|Unchecked\w*|EmptyStack|BufferUnderflow|BufferOverflow|InvalidPath|IllegalMonitorState|Completion|Cancellation|MissingResource|PatternSyntax|Reject\w*)Exception)$/;

/** A `catch` of what nothing in its `try` throws is refused: whether these are the last calls of one that may be. */
export function leavesNothingToCatch(place: Place, { start, end }: { start: number; end: number }): boolean {
  for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) {
    const body = at.node;
    if (/_declaration$|^lambda_expression$/.test(body.type)) return false;
    if (at.parent.node.type !== 'try_statement' || body.field !== 'body' || !catchesChecked(at.parent)) continue;
    if (!holds(body, (node) => mayThrow(node) && (node.start < start || node.end > end))) return true;
  }
  return false;
}

function mayThrow({ type }: SyntaxNode): boolean {
  return /^(method_invocation|object_creation_expression|throw_statement|explicit_constructor_invocation)$/.test(type);
}

function catchesChecked({ node, text }: Place): boolean {
  return [...walk(node)]
    .filter(({ type }) => type === 'catch_type')
    .some((caught) => caught.children.some((type) => type.named && !UNCHECKED.test(sourceOf(type, text))));
}

"""Where in a syntax tree a piece of text can be exchanged as a whole, and what stands there instead.

PYTEST_DONT_REWRITE
"""

import ast
import re
import sys

#: Before Python 3.12 the positions inside f-strings cannot be relied on.
_EXACT_STRINGS = sys.version_info >= (3, 12)
_PATTERN = getattr(ast, "pattern", ())
_NOT_EXCHANGED = (ast.Starred, ast.Slice, ast.FormattedValue, *filter(None, [getattr(ast, "Interpolation", None)]))
#: Parts of a node whose expressions are not evaluated as such.
_NOT_EVALUATED = {
    "annotation",
    "returns",
    "format_spec",
    "type_params",
    "bound",
}
_CLOSED = (
    ast.Constant,
    ast.Name,
    ast.Call,
    ast.Attribute,
    ast.Subscript,
    ast.List,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.JoinedStr,
)
#: What is around an expression that may be any expression.
_ROOMY = (
    ast.stmt,
    ast.arguments,
    ast.keyword,
    ast.withitem,
    ast.ExceptHandler,
    *filter(None, [getattr(ast, "match_case", None)]),
)

#: What may follow a statement in its span.
_BESIDE = re.compile(r"[\s;]*(?:#[^\r\n]*\s*)*")


class Step:
    """A node on the way to a place, with where it hangs."""

    def __init__(self, parent, field, index, node, start, end):
        self.parent = parent
        self.field = field
        self.index = index
        self.node = node
        self.start = start
        self.end = end


class Exchange:
    """Statements or one expression that can be exchanged; `nodes` are those of the program as it is."""

    def __init__(self, parent, field, nodes):
        self.parent = parent
        self.field = field
        self.nodes = nodes
        self.is_statement = isinstance(nodes[0], ast.stmt)

    @property
    def key(self):
        return (id(self.nodes[0]), id(self.nodes[-1]))

    def put(self, old, new):
        """Puts some nodes in the place of others."""
        value = getattr(self.parent, self.field)
        if not isinstance(value, list):
            setattr(self.parent, self.field, new[0])
            return
        at = next(index for index, node in enumerate(value) if node is old[0])
        value[at : at + len(old)] = new


def find_exchange(tree, text, start, end, replacement):
    """The smallest exchange around a span, with the nodes that stand there once the replacement is in the text.

    Where `replacement` is None only the exchange is looked for. Without any, None.
    """
    path = _path(tree, text, start, end)
    for exchange, first, last in _candidates(tree, path, text, start, end):
        if replacement is None:
            return exchange, None
        mutated = text.text[first:start] + replacement + text.text[end:last]
        nodes = _parse(text, exchange, first, mutated)
        if nodes is not None and _stays_whole(exchange, nodes, mutated, text.text, first, last):
            return exchange, nodes
    return None


def _path(tree, text, start, end):
    path = []
    node = tree
    while True:
        step = next((step for step in _children(node, text) if step.start <= start and end <= step.end), None)
        if step is None:
            return path
        path.append(step)
        node = step.node


def _children(node, text):
    if isinstance(node, ast.JoinedStr) and not _EXACT_STRINGS:
        return
    for field, value in ast.iter_fields(node):
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST):
                continue
            if hasattr(child, "lineno"):
                yield Step(node, field, index, child, *_span(child, text))
            else:
                # Arguments, comprehensions and the like have no place of their own.
                yield from _children(child, text)


def _span(node, text):
    start = text.index_at(node.lineno, node.col_offset)
    for decorator in getattr(node, "decorator_list", []):
        start = min(start, text.text.rindex("@", 0, text.index_at(decorator.lineno, decorator.col_offset)))
    return start, text.index_at(node.end_lineno, node.end_col_offset)


def _candidates(tree, path, text, start, end):
    """Innermost first."""
    yield from _statements_of(path[-1].node if path else tree, text, start, end)
    for depth in range(len(path) - 1, -1, -1):
        step = path[depth]
        if _is_exchangeable(path, depth):
            yield Exchange(step.parent, step.field, [step.node]), step.start, step.end


def _statements_of(node, text, start, end):
    """Neighbouring statements that a span covers with more than their own text: a semicolon, comments, indentation."""
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        if not isinstance(body, list):
            continue
        spans = [(child, *_span(child, text)) for child in body if isinstance(child, ast.stmt)]
        covered = [span for span in spans if span[1] < end and start < span[2]]
        if not covered:
            continue
        first, last = covered[0][1], covered[-1][2]
        if text.text[start:first].strip() == "" and _BESIDE.fullmatch(text.text[last:end]):
            yield Exchange(node, field, [span[0] for span in covered]), min(start, first), max(end, last)
            return


def _is_exchangeable(path, depth):
    step = path[depth]
    if isinstance(step.node, ast.stmt):
        return True
    if not isinstance(step.node, ast.expr) or isinstance(step.node, _NOT_EXCHANGED):
        return False
    if not isinstance(getattr(step.node, "ctx", None), (ast.Load, type(None))):
        return False
    if isinstance(step.parent, ast.JoinedStr) or type(step.parent).__name__ == "TemplateStr":
        return False
    if isinstance(step.parent, ast.Subscript) and _has_slice(step.node):
        return False
    around = path[: depth + 1]
    while around and not isinstance(around[-1].node, ast.stmt):
        outer = around.pop()
        if outer.field in _NOT_EVALUATED or (_PATTERN and isinstance(outer.parent, _PATTERN)):
            return False
    return not _is_docstring(path, depth)


def _has_slice(node):
    return isinstance(node, ast.Tuple) and any(isinstance(child, (ast.Slice, ast.Starred)) for child in node.elts)


def _is_docstring(path, depth):
    statement = path[depth - 1].node if depth > 0 else None
    return isinstance(statement, ast.Expr) and isinstance(path[depth].node, ast.Constant)


def _parse(text, exchange, first, mutated):
    line, _ = text.position(first)
    try:
        if not exchange.is_statement:
            # In brackets, as it may go on over several lines.
            node = ast.parse("(" + mutated + "\n)", mode="eval").body
            ast.increment_lineno(node, line - 1)
            return [node]
        indent = text.before(first)
        nested = text.text.startswith("elif", first)
        if nested:
            # What hangs in the `else` branch has a keyword of its own.
            if not mutated.startswith("elif"):
                return None
            mutated = mutated[2:]
        if indent.strip() == "" and (indent or mutated[:1].isspace()):
            body = ast.parse("if 1:\n" + indent + mutated).body
            nodes = body[0].body if len(body) == 1 and not body[0].orelse else None
            line -= 1
        else:
            nodes = ast.parse(mutated).body
    except (SyntaxError, ValueError):
        return None
    for node in nodes or []:
        ast.increment_lineno(node, line - 1)
    return None if not nodes or (nested and len(nodes) > 1) else nodes


def _stays_whole(exchange, nodes, mutated, text, first, last):
    """Whether the new text is read the same within what is around it: `a * b` becoming `a + b` in `x - a * b` is not."""
    if exchange.is_statement or isinstance(exchange.parent, _ROOMY):
        return True
    old, new = exchange.nodes[0], nodes[0]
    if isinstance(new, _CLOSED) and not _binds_dots(new, text[last : last + 1]):
        return True
    if mutated.startswith("(") and isinstance(new, (ast.Tuple, ast.GeneratorExp)):
        return True
    if isinstance(new, (ast.Tuple, ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.GeneratorExp)):
        return False
    if _is_delimited(text, first, last):
        return True
    return type(old) is type(new) and type(getattr(old, "op", None)) is type(getattr(new, "op", None))


def _binds_dots(node, following):
    return following == "." and isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


def _is_delimited(text, first, last):
    before, after = text[:first].rstrip(), text[last:].lstrip()
    return before[-1:] in ("(", "[", "{", ",") and after[:1] in (")", "]", "}", ",")

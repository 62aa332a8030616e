"""Writes all mutants of a file into one syntax tree, where they sleep until one is in force.

PYTEST_DONT_REWRITE
"""

import ast
import builtins
import warnings

from downforce_places import find_exchange
from downforce_sameness import is_same, is_switchable
from downforce_text import Text

#: Called at a place with the number of its first mutant; counts, and says whether that is in force.
REACH = "__downforce__"
#: Number of the mutant in force.
ACTIVE = "__downforce_active__"


class Source:
    """A changed file. `tree` is undefined where the file does not parse."""

    def __init__(self, path, text, mutants, tries):
        self.path = path
        self.raw = text
        self.mutants = {mutant["number"]: mutant for mutant in mutants}
        #: Number by which the place of a mutant is counted.
        self.place = {}
        #: Mutants that change nothing, and those that cannot sleep beside the original.
        self.equivalent = set()
        self.apart = set()
        self._text = Text(text)
        self.tree = None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                self.tree = self._switched(tries)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self.apart.update(number for number in self.mutants if number in tries)

    def mutated(self, number):
        """The text with one mutant in it."""
        mutant = self.mutants[number]
        start, end = (self._text.index_of(mutant[key]) for key in ("start", "end"))
        return self._text.text[:start] + mutant["replacement"] + self._text.text[end:]

    def _switched(self, tries):
        tree = ast.parse(self._text.text)
        statements = _Statements(tree)
        places = {}
        for number, mutant in sorted(self.mutants.items()):
            span = [self._text.index_of(mutant[key]) for key in ("start", "end")]
            found = find_exchange(tree, self._text, *span, mutant["replacement"]) if number in tries else None
            exchange, nodes = found or find_exchange(tree, self._text, *span, None) or (None, None)
            if exchange is None:
                continue
            if nodes is None or not self._may_sleep(number, statements.verdict(exchange, nodes)):
                nodes = None
                if number in tries:
                    self.apart.add(number)
            place = places.setdefault(exchange.key, (number, exchange, {}))
            self.place[number] = place[0]
            if nodes is not None:
                place[2][number] = nodes
        _insert(places.values())
        return tree

    def _may_sleep(self, number, verdict):
        if verdict == "same":
            self.equivalent.add(number)
        return verdict == "different"


class _Statements:
    """Judges an exchange by what the statement of the module that it is in compiles to."""

    def __init__(self, tree):
        self._tree = tree
        self._future = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
        self._owners = {}
        self._codes = {}
        self._globals = None

    def verdict(self, exchange, nodes):
        """`same`, `different`, or `apart` for what cannot be switched."""
        owners = self._owners_of(exchange)
        key = id(owners[0])
        if key not in self._codes:
            self._codes[key] = self._compile(owners)
        exchange.put(exchange.nodes, nodes)
        try:
            mutated = self._compile(nodes if exchange.parent is self._tree else owners)
        except (SyntaxError, ValueError):
            return "apart"
        finally:
            exchange.put(nodes, exchange.nodes)
        if is_same(self._codes[key], mutated):
            return "same"
        return "different" if is_switchable(self._codes[key], mutated, self._is_global) else "apart"

    def _owners_of(self, exchange):
        if exchange.parent is self._tree:
            return exchange.nodes
        line = exchange.nodes[0].lineno
        if not self._owners:
            self._owners = {node: _lines(node) for node in self._tree.body}
        inside = [node for node, (first, last) in self._owners.items() if first <= line <= last]
        return inside or self._tree.body

    def _is_global(self, name):
        if self._globals is None:
            nodes = list(ast.walk(self._tree))
            self._globals = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
            self._globals.update(self._compile(self._tree.body).co_names, dir(builtins))
            if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes):
                self._globals.add("*")
        return name in self._globals or "*" in self._globals

    def _compile(self, statements):
        future = [] if any(node in statements for node in self._future) else self._future
        module = ast.Module(body=[*future, *statements], type_ignores=[])
        return compile(module, "<statement>", "exec", dont_inherit=True)


def _lines(node):
    return min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))]), node.end_lineno


def _insert(places):
    """Several statements before one of them, which then has a new home."""
    homes = {}
    for number, exchange, alternatives in sorted(places, key=lambda place: -len(place[1].nodes)):
        exchange.parent, exchange.field = homes.get(id(exchange.nodes[0]), (exchange.parent, exchange.field))
        switch = _switch(number, exchange, alternatives)
        exchange.put(exchange.nodes, [switch])
        while exchange.is_statement and switch.orelse is not exchange.nodes:
            switch = switch.orelse[0]
        if exchange.is_statement:
            homes.update((id(node), (switch, "orelse")) for node in exchange.nodes)


def _switch(number, exchange, alternatives):
    """The original, and before it each alternative with what puts it in force."""
    if exchange.is_statement:
        result = exchange.nodes
        for active, nodes in sorted(_all(number, alternatives, [ast.Pass()]).items(), reverse=True):
            result = [ast.If(test=_test(active, number), body=nodes, orelse=result)]
        switch = result[0]
    else:
        switch = exchange.nodes[0]
        for active, nodes in sorted(_all(number, alternatives, [ast.Constant(None)]).items(), reverse=True):
            switch = ast.IfExp(test=_test(active, number), body=nodes[0], orelse=switch)
    _locate(switch, exchange.nodes[0])
    return switch


def _all(number, alternatives, nothing):
    """The place itself is always among them, so that it is counted."""
    return {number: nothing, **alternatives}


def _test(active, number):
    if active == number:
        return ast.Call(func=ast.Name(REACH, ast.Load()), args=[ast.Constant(number)], keywords=[])
    return ast.Compare(left=ast.Name(ACTIVE, ast.Load()), ops=[ast.Eq()], comparators=[ast.Constant(active)])


def _locate(node, like):
    """Gives new nodes the place of the original; what was parsed keeps its own."""
    for child in ast.walk(node):
        if isinstance(child, (ast.stmt, ast.expr)) and not hasattr(child, "lineno"):
            ast.copy_location(child, like)

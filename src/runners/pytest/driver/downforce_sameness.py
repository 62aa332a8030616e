"""Compares what two forms of a statement compile to.

PYTEST_DONT_REWRITE
"""

import dis
import inspect
import types

_KIND = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_NUMBERS = ("co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_flags", "co_nlocals")
_NAMES = ("co_names", "co_varnames", "co_freevars", "co_cellvars")


def is_same(left, right):
    """Whether two code objects do the same, lines apart."""
    return (
        left.co_code == right.co_code
        and all(getattr(left, name) == getattr(right, name) for name in _NUMBERS + _NAMES)
        and getattr(left, "co_exceptiontable", b"") == getattr(right, "co_exceptiontable", b"")
        and left.co_name == right.co_name
        and len(left.co_consts) == len(right.co_consts)
        and all(map(_is_same_constant, left.co_consts, right.co_consts))
    )


def _is_same_constant(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, types.CodeType):
        return is_same(left, right)
    if isinstance(left, tuple):
        return len(left) == len(right) and all(map(_is_same_constant, left, right))
    if isinstance(left, (frozenset, slice)):
        return left == right and repr(sorted(map(repr, _parts(left)))) == repr(sorted(map(repr, _parts(right))))
    # Tells 0.0 from -0.0, and is equal for what is no number.
    return repr(left) == repr(right)


def _parts(value):
    return value if isinstance(value, frozenset) else (value.start, value.stop, value.step)


def is_switchable(original, mutated, is_global):
    """Whether the two can stand in one function: a name bound in one only, or a `yield` in one only, has effects on both.

    A name that would be found nowhere is no obstacle: not found is not found.
    """
    left, right = _functions(original), _functions(mutated)
    for name in set(left) & set(right):
        for before, after in zip(left[name], right[name]):
            if (before.co_flags & _KIND) != (after.co_flags & _KIND):
                return False
            if _binds_other(before, after, is_global) or _binds_other(after, before, is_global):
                return False
    return True


def _functions(code, around="", found=None):
    """Functions with their names; lambdas and comprehensions are several of one name, in order."""
    found = {} if found is None else found
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            name = around + "." + constant.co_name
            # In a class body names are looked up when it runs; there is nothing to mix up.
            if constant.co_flags & inspect.CO_OPTIMIZED:
                found.setdefault(name, []).append(constant)
            _functions(constant, name, found)
    return found


def _binds_other(before, after, is_global):
    """Whether a name that is bound in the one is found outside in the other."""
    gone = _locals(before) - _locals(after)
    if not gone:
        return False
    outside = {item.argval for item in dis.get_instructions(after) if item.opname.endswith("_GLOBAL")}
    return not gone.isdisjoint(after.co_freevars) or any(is_global(name) for name in gone & outside)


def _locals(code):
    return {*code.co_varnames, *code.co_cellvars}

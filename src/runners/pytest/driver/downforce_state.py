"""A digest of what tests leave behind in their process, to tell whether a mutant left something else behind.

Nothing of the program's own is called for it: no `__repr__`, no `__eq__`, no property.

PYTEST_DONT_REWRITE
"""

import contextvars
import gc
import hashlib
import logging
import os
import random
import re
import signal
import sys
import threading
import types
import warnings

from downforce_child import VARIABLE
from downforce_switches import ACTIVE, REACH

#: Objects that are looked at before the digest is given up.
_MOST = 400_000
_PLAIN = (int, float, complex, bytes, bool, type(None), type(Ellipsis), type(NotImplemented), range)
_TEST_TOOLS = ("_pytest", "pytest", "pluggy", "downforce_", "hypothesis", "xdist", "coverage", "execnet", "anyio.pytest")
_STEPS = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, types.FrameType, types.TracebackType)
_LEAVES = (types.CodeType, types.ModuleType, types.BuiltinFunctionType, types.GetSetDescriptorType, re.Pattern)
#: Names that are made up anew each time.
_CHANCE = re.compile(r"pytest-\d+|\btmp[a-z0-9_]{8}\b|0x[0-9a-f]+")
_LIBRARY = os.path.dirname(os.__file__) + os.sep
_SITES = tuple(_LIBRARY + name + os.sep for name in ("site-packages", "dist-packages"))
_HEAP_TYPE = 1 << 9
_LOCKS = (type(threading.Lock()), type(threading.RLock()))


class State:
    """Made before the tests run; `digest()` says how a process stands that was forked from this one."""

    def __init__(self):
        self._deep = []
        self._shallow = []
        for name, module in sorted(sys.modules.items()):
            if not isinstance(module, types.ModuleType) or name.startswith(_TEST_TOOLS) or name == "__main__":
                continue
            if _is_of_python(module):
                self._shallow.append((module, {key: id(value) for key, value in vars(module).items()}))
            else:
                self._deep.append(name)

    def digest(self):
        """None where there is too much to look at."""
        walk = _Walk({*self._deep, *(name for name in sys.modules if not name.startswith(_TEST_TOOLS))})
        for part in _surroundings():
            walk.add(part)
        for module, before in self._shallow:
            walk.note(_changed(module, before))
        for name in self._deep:
            module = sys.modules.get(name)
            walk.add(name if module is None else vars(module))
        return walk.result()


def _is_of_python(module):
    """What comes with the interpreter: not expected to hold what is the program's."""
    file = getattr(module, "__file__", None)
    if not isinstance(file, str):
        return True
    return file.startswith(_LIBRARY) and not file.startswith(_SITES)


def _changed(module, before):
    """Names that were set, but for modules loaded meanwhile and what mutants need."""
    return [
        name
        for name, value in vars(module).items()
        if before.get(name) != id(value) and not isinstance(value, types.ModuleType) and name not in (REACH, ACTIVE)
    ]


def _loaded():
    return sorted(
        name
        for name, module in list(sys.modules.items())
        if not name.startswith(_TEST_TOOLS) and isinstance(module, types.ModuleType) and not _is_of_python(module)
    )


def _surroundings():
    """What a process has beside its objects."""
    context = contextvars.copy_context()
    yield [_folder(), sys.path, sys.getrecursionlimit(), gc.isenabled(), random.getstate(), len(_descriptors())]
    yield {name: value for name, value in os.environ.items() if name not in (VARIABLE, "PYTEST_CURRENT_TEST")}
    yield _loaded()
    yield sorted(thread.name for thread in threading.enumerate())
    yield [str(signal.getsignal(number)) for number in sorted(signal.valid_signals())]
    yield [repr(item) for item in warnings.filters]
    yield [logging.root, logging.Logger.manager]
    yield [(variable.name, context[variable]) for variable in sorted(context, key=lambda variable: variable.name)]


def _folder():
    try:
        return os.getcwd()
    except OSError:
        return "gone"


def _descriptors():
    try:
        return os.listdir("/proc/self/fd")
    except OSError:
        return []


class _Walk:
    """Goes through everything that can be reached, each object once."""

    def __init__(self, names):
        self._hash = hashlib.blake2b(digest_size=16)
        self._seen = {}
        self._kept = []
        self._globals = {id(vars(module)) for module in list(sys.modules.values()) if isinstance(module, types.ModuleType)}
        self._names = names
        self._is_full = False

    def note(self, value):
        self._hash.update(_CHANCE.sub("*", repr(value)).encode("utf-8", "replace"))

    def add(self, root):
        self._globals.discard(id(root))
        stack = [root]
        while stack:
            value = stack.pop()
            kind = type(value)
            if kind is str:
                self._hash.update(_plain_text(value))
            elif kind in _PLAIN:
                self._hash.update(repr(value).encode() if kind is not bytes else value)
            elif id(value) in self._seen:
                self._hash.update(b"#%d" % self._seen[id(value)])
            elif len(self._kept) > _MOST:
                self._is_full = True
                return
            else:
                self._seen[id(value)] = len(self._kept)
                # Kept, so that no other object comes to its address.
                self._kept.append(value)
                self._hash.update(kind.__name__.encode("utf-8", "replace"))
                stack.extend(self._parts(value, kind))

    def result(self):
        return None if self._is_full else self._hash.hexdigest()

    def _parts(self, value, kind):
        if kind is dict or issubclass(kind, dict):
            if id(value) in self._globals:
                return ()
            own = gc.get_referents(value) if kind is not dict else ()
            return [*dict.keys(value), *dict.values(value), *own]
        if kind in (set, frozenset):
            return [len(value), sorted(_CHANCE.sub("*", repr(item)) for item in value if type(item) in (str, int))]
        if kind in (list, tuple):
            return value
        if kind is types.FunctionType:
            return [value.__defaults__, value.__kwdefaults__, value.__closure__, value.__dict__]
        if isinstance(value, type):
            return self._parts_of_class(value)
        if issubclass(kind, _STEPS):
            return [getattr(getattr(value, "gi_frame", None), "f_lasti", None)] if kind is types.GeneratorType else ()
        if issubclass(kind, _LEAVES) or str(kind.__module__).startswith(_TEST_TOOLS):
            return ()
        return self._parts_of_object(value, kind)

    def _parts_of_class(self, value):
        module = type.__getattribute__(value, "__module__")
        if module not in self._names or not isinstance(module, str) or not value.__flags__ & _HEAP_TYPE:
            return [type.__getattribute__(value, "__qualname__")]
        return [item for name, item in vars(value).items() if name not in _CACHES]

    def _parts_of_object(self, value, kind):
        referents = [part for part in gc.get_referents(value) if part is not kind]
        if referents:
            return referents
        try:
            # Arrays and the like.
            return [bytes(memoryview(value))]
        except (TypeError, ValueError, BufferError):
            # What is built into the interpreter has no `__repr__` of the program's.
            return [repr(value)] if not kind.__flags__ & _HEAP_TYPE or kind in _LOCKS else ()


#: Filled as a class is used, without any meaning.
_CACHES = {"_abc_impl", "__weakref__", "__dict__", "__doc__", "__module__", "__annotations__", "__static_attributes__"}


def _plain_text(text):
    if len(text) > 8 and ("0x" in text or "tmp" in text or "pytest-" in text):
        text = _CHANCE.sub("*", text)
    return text.encode("utf-8", "surrogatepass")

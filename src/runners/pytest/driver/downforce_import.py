"""Makes Python load changed files with mutants in them, whoever imports them, and without any cache.

PYTEST_DONT_REWRITE
"""

import importlib.machinery
import marshal
import os
import runpy
import sys
import warnings

_Loader = importlib.machinery.SourceFileLoader
_get_code = _Loader.get_code
_source_to_code = _Loader.source_to_code
_get_code_from_file = runpy._get_code_from_file


class Served:
    """`mode`: `switched`, all mutants asleep in one tree; `mutated`, the text of one mutant; `plain`, nothing of ours."""

    def __init__(self):
        self.mode = "plain"
        self.number = 0
        self._sources = {}
        self._names = set()
        self._known = {}
        self._codes = {}
        #: What was compiled of files that nobody changed, by path; and with assertions rewritten.
        self.compiled = {}
        self.rewritten = {}

    def add(self, source):
        self._sources[source.path] = source
        self._names.add(os.path.basename(source.path))

    def find(self, path):
        """The changed file that is loaded from a path."""
        if self.mode == "plain" or os.path.basename(path) not in self._names:
            return None
        if path not in self._known:
            self._known[path] = self._sources.get(os.path.realpath(path))
        source = self._known[path]
        return None if source is None or self.content(source) is None else source

    def content(self, source):
        """Text or tree; nothing for a file that is to be loaded as it stands."""
        if self.mode == "mutated":
            return (source.mutated(self.number) if self.number in source.mutants else source.raw).encode()
        return source.tree

    def code(self, source, path, compiler):
        if compiler is not None:
            return compiler(self.content(source), path)
        key = (self.mode, self.number, path)
        if key not in self._codes:
            self._codes[key] = compile_quietly(self.content(source), path)
        return self._codes[key]

    def keep(self, file):
        """For processes that are to load all of it again."""
        with open(file, "wb") as stream:
            marshal.dump((self.compiled, self.rewritten), stream)

    def take(self, file):
        with open(file, "rb") as stream:
            self.compiled, self.rewritten = marshal.load(stream)

    def loaded(self):
        """Changed files that are loaded already."""
        files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
        return {os.path.realpath(file) for file in files if isinstance(file, str)} & set(self._sources)


def compile_quietly(content, path):
    """A file that was compiled before would not warn either."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(content, path, "exec", dont_inherit=True)


def serve(served):
    def get_code(self, fullname):
        path = self.get_filename(fullname)
        source = served.find(path)
        if source is None:
            known = served.compiled.get(path) if type(self) is _Loader else None
            return _get_code(self, fullname) if known is None else known
        # Other hooks (typeguard, beartype) compile in their own way, which takes trees too.
        own = type(self).source_to_code is not source_to_code
        return served.code(source, path, self.source_to_code if own else None)

    def source_to_code(self, data, path, *args, **options):
        code = _source_to_code(self, data, path, *args, **options)
        if type(self) is _Loader and isinstance(path, str):
            served.compiled[path] = code
        return code

    def get_code_from_file(*args):
        source = served.find(os.path.abspath(args[-1]))
        if source is None:
            return _get_code_from_file(*args)
        code = served.code(source, args[-1], None)
        return code if len(args) == 1 else (code, args[-1])

    _Loader.get_code = get_code
    _Loader.source_to_code = source_to_code
    runpy._get_code_from_file = get_code_from_file


def serve_rewritten(served):
    """For changed files whose assertions pytest rewrites: plugins, helpers of tests, conftest.py."""
    from _pytest.assertion import rewrite

    read_pyc, rewrite_test = rewrite._read_pyc, rewrite._rewrite_test

    def rewrite_and_keep(file, config):
        stamp, code = rewrite_test(file, config)
        served.rewritten[os.fspath(file)] = code
        return stamp, code

    def read_or_rewrite(file, *args):
        source = served.find(os.fspath(file))
        if source is None:
            known = served.rewritten.get(os.fspath(file))
            return read_pyc(file, *args) if known is None else known
        import ast
        import copy

        content = served.content(source)
        tree = ast.parse(content) if isinstance(content, bytes) else copy.deepcopy(content)
        rewrite.rewrite_asserts(tree, source.raw.encode(), os.fspath(file))
        return compile_quietly(tree, os.fspath(file))

    rewrite._read_pyc = read_or_rewrite
    rewrite._rewrite_test = rewrite_and_keep

"""Sees what tests do to the world outside: an audit hook, as nothing else sees all of it.

PYTEST_DONT_REWRITE
"""

import os
import sys
import tempfile
import weakref

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SHELLS = {"sh", "bash", "dash", "zsh", "env", "make", "tox", "nox", "uv", "poetry", "hatch", "coverage", "pytest"}
#: Position of the path among the arguments, and of the folder descriptor that it is relative to.
_CHANGING = {
    "os.mkdir": ((0, 2),),
    "os.rmdir": ((0, 1),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.utime": ((0, 3),),
    "shutil.rmtree": ((0, 1),),
    "sqlite3.connect": ((0, None),),
}


class Guard:
    """Tells of writes below `root` before they happen, and of what tests that run side by side could disturb each other by."""

    def __init__(self, root, own, on_write, on_shared, on_unfollowed):
        self._root = root
        #: Folders in which everyone may write, each process at names of its own.
        self._own = [os.path.realpath(folder) for folder in (own, tempfile.gettempdir())]
        self.listen(on_write, on_shared, on_unfollowed)
        self._bound = weakref.WeakSet()
        self._path = os.environ.get("PYTHONPATH", "").split(os.pathsep)[0]
        self._handlers = {
            "open": self._open,
            "socket.bind": self._bind,
            "socket.connect": self._connect,
            "subprocess.Popen": self._popen,
            "os.exec": lambda args: self._start(args[0], args[1], args[2]),
            "os.posix_spawn": lambda args: self._start(args[0], args[1], args[2]),
            "os.system": lambda args: self._start("sh", [], None),
        }
        for event, places in _CHANGING.items():
            self._handlers[event] = self._changing(event, places)

    def listen(self, on_write, on_shared, on_unfollowed):
        self._on_write = on_write
        self._on_shared = on_shared
        self._on_unfollowed = on_unfollowed

    def install(self):
        handlers = self._handlers

        def hook(event, args):
            handler = handlers.get(event)
            if handler is not None:
                handler(args)

        sys.addaudithook(hook)

    def _open(self, args):
        path, mode, flags = args
        writes = flags & _WRITING if isinstance(flags, int) else any(char in "wax+" for char in mode or "")
        if writes and not isinstance(path, int):
            self._touch(path)

    def _changing(self, event, places):
        making = event == "os.mkdir"

        def handle(args):
            for place, folder in places:
                if folder is not None and len(args) > folder and args[folder] not in (-1, None):
                    # Relative to an open folder; what opened it was seen.
                    continue
                path = args[place]
                if isinstance(path, (str, bytes, os.PathLike)) and os.path.lexists(path) is not making:
                    self._touch(path)
                elif event == "sqlite3.connect" and path not in (":memory:", "", b":memory:"):
                    self._touch(path)

        return handle

    def _touch(self, path):
        if isinstance(path, int):
            return
        path = os.fsdecode(path)
        if path.startswith("file:"):
            path = path[5:].split("?")[0]
        folder, name = os.path.split(os.path.abspath(path))
        real = os.path.join(os.path.realpath(folder), name)
        if any(_is_within(real, own) for own in self._own[:1]) or real.startswith(("/dev/", "/proc/")):
            return
        if _is_within(real, self._root):
            self._on_write(real)
        elif not _is_within(real, self._own[1]):
            self._on_shared()

    def _bind(self, args):
        self._bound.add(args[0])
        address = args[1]
        if isinstance(address, tuple) and len(address) > 1 and address[1] != 0:
            self._on_shared()
        elif isinstance(address, (str, bytes)) and not os.fsdecode(address).startswith("\0"):
            self._touch(address)

    def _connect(self, args):
        address = args[1]
        if not isinstance(address, tuple) or len(address) < 2:
            return
        if not any(_port(sock) == address[1] for sock in list(self._bound)):
            self._on_shared()

    def _popen(self, args):
        self._start(args[0], args[1], args[3])

    def _start(self, program, argv, env):
        self._on_shared()
        name = os.path.basename(os.fsdecode(program or "sh"))
        words = [os.fsdecode(word) for word in ([argv] if isinstance(argv, (str, bytes)) else argv or [])]
        beside = os.path.dirname(os.fsdecode(program or "")) == os.path.dirname(sys.executable)
        if not (name.startswith(("python", "pypy")) or name in _SHELLS or beside):
            return
        path = (os.environ if env is None else env).get("PYTHONPATH", "") if hasattr(env, "get") or env is None else ""
        if self._path not in path.split(os.pathsep) or any(_is_isolating(word) for word in words[1:4]):
            self._on_unfollowed()


def _is_isolating(word):
    return len(word) > 1 and word[0] == "-" and word[1:].isalpha() and any(flag in word for flag in "IES")


def _port(sock):
    try:
        return sock.getsockname()[1]
    except (OSError, IndexError, TypeError):
        # Closed, or of another family.
        return None


def _is_within(path, folder):
    return path == folder or path.startswith(folder + os.sep)

"""Runs jobs in forked processes, several at once, each with a limit to how long it may be silent.

PYTEST_DONT_REWRITE
"""

import json
import os
import select
import signal
import sys
import time
import traceback
import warnings

_TICK = 0.05


def available_cores():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Job:
    """`body(send)` runs in the child; `send` takes what JSON can say."""

    #: Runs while no other job does.
    exclusive = False
    #: Seconds of silence before it is ended, those apart in which it had to wait for a processor.
    patience = None
    #: File that takes its output.
    output = os.devnull

    def prepare(self):
        """Just before the child is made."""

    def body(self, send):
        raise NotImplementedError

    def heard(self, message):
        """A message of the child."""

    def ended(self, how):
        """The child is gone: `done`, `silent`, or what its process ended with."""


class Pool:
    def __init__(self, width):
        self._width = width
        self._waiting = []
        self._running = {}
        self._poll = select.poll()

    def submit(self, job):
        self._waiting.append(job)

    def run(self):
        """Until all jobs have ended, those too that are submitted meanwhile."""
        while self._waiting or self._running:
            while self._may_start():
                self._start(self._waiting.pop(self._next()))
            for descriptor, _ in self._poll.poll(_TICK * 1000):
                self._read(self._running[descriptor])
            for child in list(self._running.values()):
                self._look_after(child)

    def _next(self):
        """Those that run side by side first."""
        return next((index for index, job in enumerate(self._waiting) if not job.exclusive), 0)

    def _may_start(self):
        if not self._waiting or len(self._running) >= self._width:
            return False
        alone = self._waiting[self._next()].exclusive or any(child.job.exclusive for child in self._running.values())
        return not (alone and self._running)

    def _start(self, job):
        job.prepare()
        child = _Child(job, list(self._running))
        self._running[child.descriptor] = child
        self._poll.register(child.descriptor, select.POLLIN | select.POLLHUP)

    def _read(self, child):
        data = os.read(child.descriptor, 1 << 16)
        child.buffer += data
        *lines, child.buffer = child.buffer.split(b"\n")
        for line in lines:
            child.listen()
            message = json.loads(line)
            if message == "done":
                self._end(child, "done")
                return
            child.job.heard(message)
        if not data:
            self._end(child, None)

    def _look_after(self, child):
        if child.descriptor not in self._running:
            return
        if child.is_gone():
            # Its last words may still be in the pipe, which others that it started can hold open.
            while child.descriptor in self._running and select.select([child.descriptor], [], [], 0)[0]:
                self._read(child)
            if child.descriptor in self._running:
                self._end(child, None)
        elif child.job.patience is not None and child.silence() > child.job.patience:
            self._end(child, "silent")

    def _end(self, child, how):
        self._poll.unregister(child.descriptor)
        del self._running[child.descriptor]
        os.close(child.descriptor)
        status = child.finish()
        child.job.ended(how or status)


class _Child:
    def __init__(self, job, others):
        self.job = job
        self.buffer = b""
        self._status = None
        self.descriptor, write = os.pipe()
        self.pid = fork()
        if self.pid == 0:
            for descriptor in [self.descriptor, *others]:
                os.close(descriptor)
            _live(job, write)
        os.close(write)
        try:
            os.setpgid(self.pid, self.pid)
        except OSError:
            # It was faster.
            pass
        self.listen()

    def listen(self):
        self._since = time.monotonic()
        self._waited = None

    def silence(self):
        """Seconds since the last message. What a process waits for on a busy machine says nothing about it."""
        passed = time.monotonic() - self._since
        if self._waited is None:
            # Asked for only once a message is late by some ticks.
            self._waited = _waited(self.pid)
        return passed - (_waited(self.pid) - self._waited)

    def is_gone(self):
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status is not None

    def finish(self):
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except OSError:
            # None of the group is left.
            pass
        status = self._status if self._status is not None else os.waitpid(self.pid, 0)[1]
        return "signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "status %d" % os.WEXITSTATUS(status)


def _waited(pid):
    """Seconds that a process was ready to run and did not; 0 where the system does not say."""
    try:
        with open("/proc/%d/schedstat" % pid, encoding="ascii") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def fork():
    with warnings.catch_warnings():
        # Threads are looked at elsewhere.
        warnings.simplefilter("ignore")
        return os.fork()


def _live(job, write):
    try:
        os.setpgid(0, 0)
        sink = os.open(job.output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(sink, 1)
        os.dup2(sink, 2)

        def send(message):
            data = json.dumps(message).encode() + b"\n"
            while data:
                data = data[os.write(write, data) :]

        job.body(send)
        send("done")
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        # Nothing of the parent's is to run here again.
        os._exit(1)

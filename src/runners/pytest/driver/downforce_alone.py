"""Runs pytest from its very first import on in a process of its own: with one mutant in force, or with none.

PYTEST_DONT_REWRITE
"""

import os
import runpy
import sys

import downforce_plugin as plugin
from downforce_counters import UNFOLLOWED, WROTE
from downforce_pool import Job, fork
from downforce_reach import FixtureReach
from downforce_tests import run_tests


def run_pytest(request, conduct):
    """As `python -m pytest` does. Comes back only where pytest ends before any test is run."""
    scratch = request["scratch"]
    options = [option.replace("{scratch}", scratch) for option in request["settings"]["options"]]
    files = [os.path.relpath(file, request["cwd"]) for file in request["testFiles"]] or request["settings"]["operands"]
    plugin.conduct = conduct
    sys.argv = ["pytest", "-p", plugin.__name__, *options, *files]
    try:
        runpy.run_module("pytest", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code
    return 0


class AloneJob(Job):
    """`number` 0 is the program as it is. `told` are the messages of the tests, by test id."""

    def __init__(self, world, number, known, then):
        self.world = world
        self.number = number
        self._known = known
        self._then = then
        self.patience = None if known is None else self._allowed(known["collect"])
        self.output = os.path.join(world.request["scratch"], "output-%d.txt" % number)
        self.tests = {}
        self.at = None
        self.wrote = None
        self.exit = None
        self.broken = None
        self.unfollowed = False
        self.how = None

    def body(self, send):
        self.world.served.mode = "mutated" if self.number > 0 else "plain"
        counters = self.world.counters()
        self.world.put_in_force(counters, self.number, 0, 0, None)
        self.world.guard(counters, send)

        def conduct(session):
            if plugin.broken:
                send({"broken": plugin.message_of(plugin.broken[0])})
            else:
                self._run(session, counters, send)
            send("done")
            plugin.exit_with(0)

        send({"exit": run_pytest(self.world.request, conduct)})
        if counters.marked(WROTE):
            send({"wrote": "a file below it, in a program that it started"})

    def _run(self, session, counters, send):
        plugin.silence()
        indexes = {item.nodeid: index for index, item in enumerate(session.items)}
        probes = [indexes[id] for id in (self._known or {}).get("probes", []) if id in indexes]

        def named(message):
            ids = {key: session.items[message[key]].nodeid for key in ("at", "of") if key in message}
            send({**message, **ids})

        def run(order):
            return run_tests(session, order, counters, FixtureReach(counters), named, self.number > 0)

        if not probes or _is_green_in_fork(lambda: run(probes)):
            run(list(range(len(session.items))))

    def heard(self, message):
        if "at" in message:
            self.at = message["at"]
            if self._known is not None:
                self.patience = self._allowed(self._known["seconds"].get(self.at, 0))
        elif "of" in message:
            self.tests[message["of"]] = message
            self.unfollowed |= str(self.world.slot(UNFOLLOWED)) in message["hits"]
        self.wrote = message.get("wrote", self.wrote)
        self.exit = message.get("exit", self.exit)
        self.broken = message.get("broken", self.broken)

    def ended(self, how):
        self.how = how
        self._then(self)

    def _allowed(self, usual):
        limits = self.world.request["limits"]
        # Fixtures of the session are set up by whichever test comes first.
        return limits["timeFactor"] * (usual + self._known["collect"]) + limits["timeBaseMs"] / 1000

    def verdict(self):
        failed = [test for test in self.tests.values() if test["status"] == "fail"]
        result = {"killedBy": [], "ran": list(self.tests), "ms": sum(test["ms"] for test in self.tests.values())}
        if self.how == "silent":
            by = [] if self.at is None else [self.at]
            return {**result, "status": "timeout", "killedBy": by, "message": "the tests do not come to an end"}
        if failed:
            killed = {"status": "killed", "killedBy": [failed[0]["of"]]}
            return {**result, **killed, "message": failed[0].get("message", "")}
        if self.broken is not None:
            return {**result, "status": "killed", "message": self.broken}
        if self.exit is not None:
            return {**result, "status": "killed", "message": "pytest ends with %s: %s" % (self.exit, self.complaint())}
        if self.how != "done":
            by = [] if self.at is None else [self.at]
            return {**result, "status": "killed", "killedBy": by, "message": "the test process ended with " + self.how}
        return {**result, "status": "survived"}

    def complaint(self):
        return tail_of(self.output)


def _is_green_in_fork(run):
    """Leaves nothing behind in this process, which goes down with the other."""
    pid = fork()
    if pid == 0:
        os._exit(0 if run() else 1)
    _, status = os.waitpid(pid, 0)
    if status not in (0, 1 << 8):
        os._exit(1)
    return status == 0


def tail_of(file):
    try:
        with open(file, encoding="utf-8", errors="replace") as stream:
            lines = [line.strip() for line in stream.read()[-4000:].splitlines() if line.strip()]
    except OSError:
        return "nothing is said"
    return " ".join(lines[-3:])[-300:]

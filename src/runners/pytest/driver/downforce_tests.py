"""Jobs that run collected tests in a process of their own.

PYTEST_DONT_REWRITE
"""

import gc
import os
import random
import time

import downforce_plugin as plugin
from downforce_child import VARIABLE, tell_children
from downforce_counters import SHARED, UNFOLLOWED, WROTE, Counters, count_with, switch_on
from downforce_guard import Guard
from downforce_pool import Job
from downforce_reach import FixtureReach


class World:
    """What all jobs of one process share."""

    def __init__(self, request, request_file, served):
        self.request = request
        self.request_file = request_file
        self.served = served
        self._count = 0
        self._guard = None
        self._chance = None

    def counters(self):
        """In memory of its own for each process that runs tests."""
        self._count += 1
        file = os.path.join(self.request["scratch"], "hits-%d-%d" % (os.getpid(), self._count))
        return Counters(file, self.request["mutants"])

    def slot(self, extra):
        return self.request["mutants"] + 1 + extra

    def keep_chance(self):
        """Python makes forks draw other numbers than the program as it is would; see `restore_chance`."""
        self._chance = random.getstate()

    def restore_chance(self):
        random.setstate(self._chance)

    def put_in_force(self, counters, active, place, limit, over):
        if active > 0 and self.served.mode == "switched":
            switch_on(counters, active, place, limit, over)
        else:
            count_with(counters)
        self.served.number = active
        tell_children(self.request_file, counters, self.served, place, limit)

    def guard(self, counters, send):
        """From now on; in a fork of a process that is guarded already the hook is there, and only told to listen anew."""

        def refuse(path):
            send({"wrote": path})
            os._exit(1)

        listeners = (refuse, lambda: counters.mark(SHARED), lambda: counters.mark(UNFOLLOWED))
        if self._guard is None:
            self._guard = Guard(self.request["root"], self.request["scratch"], *listeners)
            self._guard.install()
        else:
            self._guard.listen(*listeners)


class TestsJob(Job):
    """Runs tests in an order, until the first failure where a mutant is in force.

    Says {at}, then {of, status, ms, hits, used, message} of each test; in the end {fixtures, seconds, peak}, or {state}
    where it is asked for what the tests left behind.
    """

    #: Tells what tests left behind.
    state = None

    def __init__(self, world, session, order, active=0, place=0, limit=0, memory=None):
        self.world = world
        self.session = session
        self.order = order
        self.active = active
        self.place = place
        self.limit = limit
        self.memory = memory

    def body(self, send):
        counters = self.world.counters()

        def over():
            send({"over": True})
            os._exit(1)

        self.world.put_in_force(counters, self.active, self.place, self.limit, over)
        self.world.guard(counters, send)
        self.world.restore_chance()
        if self.memory is not None:
            limit_memory(self.memory)
        plugin.restart_capture(self.session.config)
        plugin.silence()
        fixtures = FixtureReach(counters)
        fixtures.watch()
        green = run_tests(self.session, self.order, counters, fixtures, send, self.active > 0)
        if self.active == 0:
            reach = {key: sorted(found) for key, found in fixtures.reach.items()}
            send({"fixtures": reach, "seconds": fixtures.seconds, "peak": peak_memory()})
        if self.state is not None and green:
            send({"green": True})
            # All that differs between processes by our own doing.
            os.environ[VARIABLE] = ""
            send({"state": self.state.digest()})


def run_tests(session, order, counters, fixtures, send, until_failure):
    """Whether all of them ran, and none failed."""
    green = True
    for position, index in enumerate(order):
        item = session.items[index]
        following = session.items[order[position + 1]] if position + 1 < len(order) else None
        counters.clear()
        fixtures.used.clear()
        send({"at": index})
        started = time.perf_counter()
        status, message = plugin.run_test(item, following)
        took = (time.perf_counter() - started) * 1000
        hits = counters.counted()
        if counters.marked(WROTE):
            send({"wrote": "a file below it, in a program that it started"})
            return False
        if hits.get(0):
            send({"over": True})
            return False
        report = {"of": index, "status": status, "ms": took, "hits": hits, "used": sorted(fixtures.used)}
        send({**report, "message": message} if message is not None else report)
        green = green and status != "fail"
        if (until_failure and not green) or session.shouldfail or session.shouldstop:
            return False
    return green


def limit_memory(peak):
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (peak * 2 + (1 << 30), hard))
    except (ImportError, ValueError, OSError):
        # Not on this system: the time-out has to do.
        pass


def peak_memory():
    """Most bytes that this process had mapped; nothing where the system does not say."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            line = next(line for line in file if line.startswith("VmPeak:"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration, ValueError):
        return None


def freeze():
    """What is there now is never looked at by the collector, so that forks share it."""
    gc.collect()
    gc.freeze()

"""What the tests do without any mutant.

PYTEST_DONT_REWRITE
"""

from downforce_counters import SHARED, UNFOLLOWED
from downforce_tests import TestsJob


class Pass(TestsJob):
    """All tests once, in their order."""

    def __init__(self, world, session, order, then):
        super().__init__(world, session, order)
        self._then = then
        self.tests = {}
        self.fixtures = {}
        self.seconds = 0.0
        self.peak = None
        self.wrote = None
        self.at = order[0]
        self.how = None

    def heard(self, message):
        if "at" in message:
            self.at = message["at"]
        elif "of" in message:
            message["hits"] = {int(slot): hits for slot, hits in message["hits"].items()}
            self.tests[message["of"]] = message
        elif "wrote" in message:
            self.wrote = message["wrote"]
        elif "fixtures" in message:
            self.fixtures = {int(key): set(reach) for key, reach in message["fixtures"].items()}
            self.seconds, self.peak = message["seconds"], message["peak"]

    def ended(self, how):
        self.how = how
        self._then(self)

    @property
    def is_complete(self):
        return self.how == "done" and len(self.tests) == len(self.order)

    def failed(self):
        return [index for index, test in self.tests.items() if test["status"] == "fail"]

    def reach(self, index):
        """Slots that a test runs, with those that the fixtures ran which it shares."""
        test = self.tests[index]
        return set(test["hits"]).union(*(self.fixtures.get(key, ()) for key in test["used"]))


class Survey:
    def __init__(self, mutants, done):
        self._mutants = mutants
        self.order = done.order
        self.peak = done.peak
        #: Set-up of fixtures that tests share.
        self.shared_seconds = done.seconds
        self._done = done
        self._reach = {index: done.reach(index) for index in done.order}
        self._total = {}
        for test in done.tests.values():
            for slot, hits in test["hits"].items():
                self._total[slot] = self._total.get(slot, 0) + hits

    @property
    def has_unfollowed(self):
        return any(self._mutants + 1 + UNFOLLOWED in reach for reach in self._reach.values())

    def is_shared(self, index):
        return self._mutants + 1 + SHARED in self._reach[index]

    def seconds(self, index):
        return self._done.tests[index]["ms"] / 1000

    def reach(self, index):
        return self._reach[index]

    def total(self, place):
        return self._total.get(place, 0)

    def hits(self, index, place):
        """How often a test ran a place itself."""
        return self._done.tests[index]["hits"].get(place, 0)

    def tests_reaching(self, place):
        return [index for index in self.order if place in self._reach[index]]

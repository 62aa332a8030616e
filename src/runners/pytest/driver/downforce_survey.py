"""What the tests do without any mutant, run in order and in reverse.

PYTEST_DONT_REWRITE
"""

from downforce_counters import SHARED, UNFOLLOWED
from downforce_tests import TestsJob


class Pass(TestsJob):
    """All tests once, in an order."""

    def __init__(self, world, session, order, then):
        super().__init__(world, session, order)
        self._then = then
        self.tests = {}
        self.fixtures = {}
        self.seconds = 0.0
        self.peak = None
        self.wrote = None
        self.at = None
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
        test = self.tests.get(index)
        if test is None:
            return set()
        return set(test["hits"]).union(*(self.fixtures.get(key, ()) for key in test["used"]))


class Survey:
    """Answers of the two passes; the second may be missing where there is nothing to try."""

    def __init__(self, mutants, forward):
        self._mutants = mutants
        self.forward = forward
        self.backward = None
        self._reach = {index: forward.reach(index) for index in forward.order}
        self.limits = {}
        for test in forward.tests.values():
            for slot, hits in test["hits"].items():
                self.limits[slot] = self.limits.get(slot, 0) + hits

    def is_marked(self, extra):
        return any(self._mutants + 1 + extra in reach for reach in self._reach.values())

    @property
    def has_unfollowed(self):
        return self.is_marked(UNFOLLOWED)

    def is_shared(self, index):
        return self._mutants + 1 + SHARED in self._reach.get(index, ())

    def seconds(self, index):
        return self.forward.tests[index]["ms"] / 1000

    def tests_reaching(self, place):
        """In order; by what is known so far."""
        found = {index for index, reach in self._reach.items() if place in reach}
        if self.backward is not None:
            found.update(index for index in self.backward.order if place in self.backward.reach(index))
        return [index for index in self.forward.order if index in found]

    def must_reach(self, place):
        """Tests that run a place themselves, whatever ran before them."""
        own = {index for index, test in self.forward.tests.items() if place in test["hits"]}
        if self.backward is not None:
            own &= {index for index, test in self.backward.tests.items() if place in test["hits"]}
        return own

    def depends_on_order(self, place):
        """Whether other tests run the place when tests come in another order, or some test fails then."""
        if self.backward is None:
            return False
        if not self.backward.is_complete or self.unsteady():
            return True
        return any(
            (place in self._reach[index]) != (place in self.backward.reach(index)) for index in self.forward.order
        )

    def unsteady(self):
        """Tests that end differently in another order."""
        return {
            index
            for index, test in self.forward.tests.items()
            if self.backward is not None
            and self.backward.tests.get(index, test)["status"] != test["status"]
        }

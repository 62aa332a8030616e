"""How often the place of each mutant was run, in memory that processes started by tests share.

PYTEST_DONT_REWRITE
"""

import builtins
import mmap
import os

from downforce_switches import ACTIVE, REACH

#: Slots behind those of the mutants, which are numbered from 1.
WROTE, UNFOLLOWED, SHARED = range(3)
_EXTRA = 3


class Counters:
    """Slot 0 says that the mutant in force ran too often."""

    def __init__(self, file, mutants):
        self.file = file
        self.mutants = mutants
        size = (mutants + 1 + _EXTRA) * 8
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < size:
                os.ftruncate(descriptor, size)
            self._memory = mmap.mmap(descriptor, size)
        finally:
            os.close(descriptor)
        self.hits = memoryview(self._memory).cast("Q")
        self._zeros = bytes(size)

    def slot(self, extra):
        return self.mutants + 1 + extra

    def mark(self, extra):
        self.hits[self.slot(extra)] += 1

    def marked(self, extra):
        return self.hits[self.slot(extra)] > 0

    def clear(self):
        self._memory[:] = self._zeros

    def snapshot(self):
        return self._memory[:]

    def since(self, before):
        """What was counted since a snapshot, by slot."""
        if self._memory[:] == before:
            return {}
        old = memoryview(before).cast("Q")
        return {slot: hits - old[slot] for slot, hits in enumerate(self.hits) if hits > old[slot]}

    def counted(self):
        if self._memory[:] == self._zeros:
            return {}
        return {slot: hits for slot, hits in enumerate(self.hits) if hits}


def count_with(counters):
    """All mutants sleep; each place is counted."""
    hits = counters.hits

    def reach(number):
        hits[number] += 1
        return False

    _put(reach, 0)


def switch_on(counters, active, place, limit, over):
    """One mutant is in force; `over` is called when its place was run more often than the limit."""
    hits = counters.hits

    def reach(number):
        if number == place:
            count = hits[place] + 1
            hits[place] = count
            if count > limit:
                hits[0] = 1
                over()
        return number == active

    _put(reach, active)


def _put(reach, active):
    setattr(builtins, REACH, reach)
    setattr(builtins, ACTIVE, active)

"""Which test runs the place of which mutant, on its own and by way of fixtures that it shares with others.

PYTEST_DONT_REWRITE
"""

import time


class FixtureReach:
    """What each fixture beyond a test's own ran while it was set up, and which of them a test used."""

    def __init__(self, counters):
        self._counters = counters
        self.reach = {}
        self.used = set()
        self.seconds = 0.0

    def watch(self):
        from _pytest.fixtures import FixtureDef

        execute = FixtureDef.execute
        watched = self

        def watching(self, request):
            if getattr(self, "scope", "function") == "function":
                return execute(self, request)
            key = id(self)
            watched.used.add(key)
            before, started = watched._counters.snapshot(), time.perf_counter()
            try:
                return execute(self, request)
            finally:
                found = watched._counters.since(before)
                if found:
                    watched.reach.setdefault(key, set()).update(found)
                watched.seconds += time.perf_counter() - started

        FixtureDef.execute = watching

"""The process in which all tests are collected: surveys them, then tries each mutant in forks of itself.

PYTEST_DONT_REWRITE
"""

import threading
import time

import downforce_plugin as plugin
from downforce_pool import Pool, available_cores
from downforce_survey import Pass, Survey
from downforce_tests import freeze
from downforce_trial import Attempt, Trial


class Court:
    """`tell(type, …)` writes events; `report` hands the rest of the work to the process that started this one."""

    def __init__(self, world, events, places, settled, started):
        self.world = world
        self.session = None
        self.survey = None
        self.memory = None
        self._request = world.request
        self._events = events
        self._places = places
        #: Numbers that are not to be tried here: equivalent, or with a place of their own.
        self._settled = settled
        self._started = started
        self._pool = Pool(available_cores())
        self._backward_known = False
        self._waiting = []
        self._controls = {}
        self._threads = False

    def hear(self, session, loaded):
        """Runs everything that can be run from here. Says what is left to do."""
        self.session = session
        self._threads = threading.active_count() > 1
        if plugin.broken:
            return {"red": [_broken_test(report) for report in plugin.broken]}
        if not session.items:
            return {"unfit": "pytest finds no tests"}
        freeze()
        order = list(range(len(session.items)))
        forward = self._survey(order)
        if forward.wrote is not None:
            return {"unfit": "%s writes to the working tree: %s" % (self.id(forward.at), forward.wrote)}
        if forward.failed() and available_cores() > 1:
            # The other pass may have been in its way.
            forward = self._again(order)
        if forward.failed():
            return {"red": self._tests(forward)}
        if not forward.is_complete:
            return {"unfit": "the tests end at %s: %s" % (self.id(forward.at), forward.how)}
        return self._left(loaded)

    def _survey(self, order):
        passes = []
        forward = Pass(self.world, self.session, order, lambda done: self._surveyed(done, passes))
        self._pool.submit(forward)
        self._loaded_places = set()
        if self._request["tries"]:
            self._pool.submit(Pass(self.world, self.session, order[::-1], self._surveyed_backward))
        self._pool.run()
        return forward

    def _again(self, order):
        forward = Pass(self.world, self.session, order, lambda done: None)
        self._pool.submit(forward)
        self._pool.run()
        return forward

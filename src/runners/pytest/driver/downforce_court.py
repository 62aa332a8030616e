"""The process in which all tests are collected: surveys them, then tries each mutant in forks of itself.

PYTEST_DONT_REWRITE
"""

import collections
import os
import sys
import threading
import time

import downforce_plugin as plugin
from downforce_pool import Pool, available_cores
from downforce_state import State
from downforce_survey import Pass, Survey
from downforce_tests import freeze
from downforce_trial import Attempt, Trial


#: So many tests that noticed others are asked first.
_LIKELY = 3
#: So many tests at most are asked first in a process of a mutant's own.
_SPREAD = 8


class Court:
    def __init__(self, world, events, mutants):
        self.world = world
        self.session = None
        self.survey = None
        self.state = None
        self._request = world.request
        self._events = events
        self._mutants = mutants
        self._loaded = set()
        self._controls = {}
        self._noticed = collections.Counter()
        self._indexes = {}
        self._apart = []
        self._has_threads = False
        self._pool = Pool(available_cores())
        self._started = time.monotonic()
        self.collect_seconds = 0.0

    def hear(self, session, loaded):
        """Runs everything that can be run from here, and says what is left to do; `loaded` are places already run."""
        self.session = session
        self._loaded = loaded
        self._has_threads = threading.active_count() > 1
        self.collect_seconds = time.monotonic() - self._started
        if plugin.broken:
            return {"red": [_broken(report) for report in plugin.broken]}
        if not session.items:
            return {"unfit": "pytest finds no tests"}
        elsewhere = loaded_elsewhere([source["path"] for source in self._request["sources"]])
        if elsewhere is not None:
            return {"unfit": "its tests load %s, which is not the file that changed: install the package anew" % elsewhere}
        self.state = State()
        self.world.keep_chance()
        freeze()
        order = list(range(len(session.items)))
        self._indexes = {item.nodeid: index for index, item in enumerate(session.items)}
        done = Pass(self.world, session, order, self._on_survey)
        self._pool.submit(done)
        self._pool.run()
        return self._left(done)

    def _left(self, done):
        if self.survey is not None:
            seconds = {self.id(index): self.survey.seconds(index) for index in done.order}
            probes = [self.id(index) for index in self._green_probes()] if self._apart else []
            files = {self.id(index): self._file_of(self.id(index)) for index in done.order} if self._apart else {}
            return {
                "apart": self._apart,
                "seconds": seconds,
                "collect": self.collect_seconds,
                "probes": probes,
                "files": files,
            }
        if done.wrote is not None:
            return {"unfit": "%s would write to the working tree: %s" % (self.id(done.at), done.wrote)}
        if done.failed():
            return {"red": [self._test(done, index) for index in done.order if index in done.tests]}
        return {"unfit": "the tests end at %s: %s" % (self.id(done.at), done.how)}

    def _green_probes(self):
        """A few fast tests from everywhere, green on their own: first asked where each try costs a start of everything."""
        survey = self.survey
        step = -(-len(survey.order) // _SPREAD)
        spread = [min(survey.order[at : at + step], key=survey.seconds) for at in range(0, len(survey.order), step)]
        order = list(dict.fromkeys([*(index for index, _ in self._noticed.most_common(_LIKELY)), *spread]))
        if 4 * sum(map(survey.seconds, order)) > sum(map(survey.seconds, survey.order)):
            return []
        green = []
        self.control(tuple(order), False, lambda control: green.extend(order if control.status == "survived" else []))
        self._pool.run()
        return green

    def _on_survey(self, done):
        if not done.is_complete or done.failed():
            return
        self.survey = Survey(self._request["mutants"], done)
        for file in sorted({plugin.file_of(item) for item in self.session.items}):
            self._events.tell("load", file=file, reaches=self._numbers(self._loaded))
        for index in done.order:
            self._events.tell("test", **self._test(done, index))
        self._events.tell("dry", ms=(time.monotonic() - self._started) * 1000)
        left = self._request["enough"]
        for number in self._request["tries"]:
            if left > 0 and self._open(number):
                left -= 1

    def _open(self, number):
        """Whether anything runs its place."""
        mutants, place = self._mutants, self._mutants.place.get(number)
        if number in mutants.equivalent:
            self._events.tell("try", number=number, file="", status="equivalent", killedBy=[], ran=[], ms=0)
            return place is not None and (place in self._loaded or bool(self.survey.tests_reaching(place)))
        if place is None or place in self._loaded:
            self._apart.append(number)
            return True
        if number in mutants.apart:
            if self.survey.tests_reaching(place):
                self._apart.append(number)
                return True
            return False
        if self.survey.tests_reaching(place):
            Trial(self, number, self._on_verdict).begin()
            return True
        if self.survey.has_unfollowed:
            self._on_verdict(number, {"status": "survived", "killedBy": [], "ran": [], "ms": 0, "unsure": _UNFOLLOWED})
            return True
        return False

    def _on_verdict(self, number, verdict):
        tell_by_file(self._events, number, verdict, self._file_of)

    def _file_of(self, id):
        return plugin.file_of(self.session.items[self._indexes[id]]) if id in self._indexes else ""

    def submit(self, job):
        self._pool.submit(job)

    def control(self, order, with_state, judge):
        """How these tests fare in this order without a mutant."""
        key = (order, with_state)
        if key not in self._controls:
            self._controls[key] = control = _Control()
            state = self.state if with_state else None
            self._pool.submit(Attempt(self, lambda: list(order), 0, state, control.on_attempt))
        self._controls[key].ask(judge)

    def place(self, number):
        return self._mutants.place[number]

    def hit_limit(self, place):
        limits = self._request["limits"]
        return int(limits["hitsFactor"] * self.survey.total(place) + limits["hitsBase"])

    def patience(self, index):
        limits = self._request["limits"]
        usual = self.survey.seconds(index) + self.survey.shared_seconds
        return limits["timeFactor"] * usual + limits["timeBaseMs"] / 1000

    def likely(self, number):
        """Tests that noticed this mutant before, then those that noticed most others now."""
        before = [self._indexes[id] for id in self._request["likely"].get(str(number), []) if id in self._indexes]
        return before + [index for index, _ in self._noticed.most_common(_LIKELY)]

    def remember(self, index):
        self._noticed[index] += 1

    def doubt(self, attempt):
        """Why a try has to be made again in a process of its own."""
        if attempt.status == "wrote":
            return "a test would write to the working tree: %s" % attempt.wrote
        if attempt.status == "survived" and (self.survey.has_unfollowed or attempt.unfollowed):
            return _UNFOLLOWED
        if attempt.status == "timeout" and not attempt.is_over and self._has_threads:
            return "threads were running when the process was forked"
        return None

    def id(self, index):
        return self.session.items[index].nodeid

    def _test(self, done, index):
        item, test = self.session.items[index], done.tests[index]
        told = {"message": test["message"]} if "message" in test else {}
        return {
            "id": item.nodeid,
            "file": plugin.file_of(item),
            "name": plugin.name_of(item),
            "status": test["status"],
            "ms": test["ms"],
            "reaches": self._numbers(done.reach(index)),
            **told,
        }

    def _numbers(self, places):
        return sorted(number for number, place in self._mutants.place.items() if place in places)


def tell_by_file(events, number, verdict, file_of):
    """What is known of one test file stays known when another changes."""
    ids = verdict["killedBy"] or (verdict["ran"] if verdict["status"] == "survived" else [])
    files = list(dict.fromkeys(map(file_of, ids))) or [""]
    for file in files if "" not in files else [""]:
        ran = [id for id in verdict["ran"] if file in ("", file_of(id))]
        events.tell("try", number=number, file=file, **{**verdict, "ran": ran, "ms": verdict["ms"] / len(files)})


_UNFOLLOWED = "tests start programs in which mutants cannot be put in force"


def loaded_elsewhere(sources):
    """Another installation's file, where the tests have loaded it and none of the sources."""
    paths = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    loaded = {os.path.realpath(path) for path in paths if isinstance(path, str)}
    if not loaded.isdisjoint(sources):
        return None
    # A module is told by its name and the package around it: `flask/app.py`.
    tails = {tuple(source.split(os.sep)[-2:]) for source in sources}
    return next((path for path in sorted(loaded) if tuple(path.split(os.sep)[-2:]) in tails), None)


class _Control:
    def __init__(self):
        self._attempt = None
        self._asked = []

    def ask(self, judge):
        if self._attempt is None:
            self._asked.append(judge)
        else:
            judge(self._attempt)

    def on_attempt(self, attempt):
        self._attempt = attempt
        for judge in self._asked:
            judge(attempt)


def _broken(report):
    file = plugin.real_path(report)
    return {
        "id": report.nodeid,
        "file": file,
        "name": "",
        "status": "fail",
        "ms": 0,
        "reaches": [],
        "message": plugin.message_of(report),
    }

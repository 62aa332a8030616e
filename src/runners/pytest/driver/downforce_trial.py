"""Finds out how one mutant fares, with as few tests as are needed to be sure.

PYTEST_DONT_REWRITE
"""

from downforce_counters import UNFOLLOWED
from downforce_tests import TestsJob

#: So many tests each are asked first that noticed other mutants, run the place most, or are fastest.
_PROBES = 2
#: What it costs to run some tests and to compare what they leave behind, in seconds and in their own time.
_COMPARING = (0.15, 1.5)
#: Seconds for looking at what was left behind.
_LOOKING = 60.0


class Attempt(TestsJob):
    """One run of tests with a mutant in force, or with none as a control.

    `choose()` gives the order of the tests when it is their turn.
    """

    def __init__(self, court, choose, active, state, then):
        self._court = court
        place = court.place(active) if active else 0
        super().__init__(court.world, court.session, [], active, place, court.hit_limit(place), court.survey.peak)
        self.state = state
        self._choose = choose
        self._then = then
        self.exclusive = any(court.survey.is_shared(index) for index in choose())
        self.at = None
        self.ran = []
        self.hits = {}
        self.failure = None
        self.message = None
        self.wrote = None
        self.is_over = False
        self.is_green = False
        self.unfollowed = False
        self.status = None
        self.left = None
        self.ms = 0.0

    def prepare(self):
        self.order = self._choose()
        self.at = self.order[0]
        self.patience = self._court.patience(self.at)

    def heard(self, message):
        if "at" in message:
            self.at = message["at"]
            self.ran.append(self.at)
            self.patience = self._court.patience(self.at)
        elif "of" in message:
            self._heard_test(message)
        elif "over" in message:
            self.is_over = True
        elif "wrote" in message:
            self.wrote = message["wrote"]
        elif "green" in message:
            self.is_green = True
            self.patience = _LOOKING
        elif "state" in message:
            self.left = message["state"]

    def _heard_test(self, message):
        hits = {int(slot): count for slot, count in message["hits"].items()}
        self.hits[message["of"]] = hits
        self.unfollowed |= self._court.world.slot(UNFOLLOWED) in hits
        self.ms += message["ms"]
        if message["status"] == "fail" and self.failure is None:
            self.failure, self.message = message["of"], message.get("message")

    def ended(self, how):
        self.status = self._outcome(how)
        self._then(self)

    def _outcome(self, how):
        if self.wrote is not None:
            return "wrote"
        if self.is_green:
            return "survived"
        if self.is_over or how == "silent":
            self.message = "its place is run without end" if self.is_over else "the tests do not come to an end"
            return "timeout"
        if self.failure is not None:
            return "killed"
        if how == "done":
            return "survived"
        self.failure, self.message = self.at, "the test process ended with " + how
        return "killed"

    @property
    def culprit(self):
        """The test that the mutant was noticed by."""
        return self.at if self.failure is None else self.failure


class Trial:
    """Of one mutant that tests run, and that is not run while modules are loaded."""

    def __init__(self, court, number, then):
        self._court = court
        self._number = number
        self._then = then
        self._ms = 0.0
        self._reaching = court.survey.tests_reaching(court.place(number))

    def begin(self):
        """Where few tests run its place they are all asked; else some first, then all there are, in their order."""
        seconds = self._court.survey.seconds
        some, everything = (sum(map(seconds, tests)) for tests in (self._reaching, self._court.survey.order))
        if _COMPARING[0] + _COMPARING[1] * some < everything:
            self._ask(self._likely_first, self._after_reaching, self._court.state)
        elif len(self._reaching) > 3 * _PROBES:
            self._ask(self._probes, self._after_probes)
        else:
            self._ask_all()

    def _ask(self, choose, then, state=None):
        self._court.submit(Attempt(self._court, choose, self._number, state, then))

    def _probes(self):
        survey, place = self._court.survey, self._court.place(self._number)
        most = sorted(self._reaching, key=lambda index: (-survey.hits(index, place), survey.seconds(index)))
        fastest = sorted(self._reaching, key=survey.seconds)
        known = [index for index in self._court.likely(self._number) if index in self._reaching]
        return list(dict.fromkeys([*known, *most[:_PROBES], *fastest[:_PROBES]]))

    def _likely_first(self):
        return list(dict.fromkeys([*self._probes(), *self._reaching]))

    def _after_probes(self, attempt):
        if attempt.status == "survived":
            self._ms += attempt.ms
            self._ask_all()
        else:
            self._check(attempt)

    def _ask_all(self):
        """As the plain command does: there is nothing that could be otherwise than there."""
        self._ask(lambda: self._court.survey.order, self._after_all)

    def _after_all(self, attempt):
        if attempt.status in ("survived", "wrote"):
            self._conclude(attempt)
            return
        order = tuple(attempt.order[: attempt.order.index(attempt.culprit) + 1])

        def judge_all(control):
            doubt = None if control.status == "survived" else "tests fail in forks without a mutant, too"
            self._conclude(attempt, doubt)

        def judge(control):
            if control.status == "survived":
                self._conclude(attempt)
            else:
                # It needs those before it.
                self._court.control(order, False, judge_all)

        self._court.control((attempt.culprit,), False, judge)

    def _after_reaching(self, attempt):
        if attempt.status != "survived":
            self._check(attempt)
            return
        if attempt.left is None:
            self._ask_all()
            return

        def judge(control):
            if self._is_telling(control) and control.left == attempt.left:
                self._conclude(attempt)
            else:
                # Other tests may see what the mutant has left behind, or these see what others leave.
                self._ms += attempt.ms
                self._ask_all()

        self._court.control(tuple(attempt.order), True, judge)

    def _is_telling(self, control):
        """Whether the tests do on their own what they do among all others."""
        place, survey = self._court.place(self._number), self._court.survey
        return control.status == "survived" and all(
            hits.get(place, 0) == survey.hits(index, place) for index, hits in control.hits.items()
        )

    def _check(self, attempt):
        """The same tests in the same order are green without the mutant, or else the order is to blame."""
        if attempt.status == "wrote":
            self._conclude(attempt)
            return

        def judge(control):
            if control.status == "survived":
                self._conclude(attempt)
            else:
                self._ask_all()

        self._court.control(tuple(attempt.order[: attempt.order.index(attempt.culprit) + 1]), False, judge)

    def _conclude(self, attempt, doubt=None):
        self._ms += attempt.ms
        if attempt.failure is not None:
            self._court.remember(attempt.failure)
        self._then(self._number, self._verdict(attempt, doubt or self._court.doubt(attempt)))

    def _verdict(self, attempt, unsure):
        court = self._court
        reaching = set(self._reaching)
        noticed = attempt.status in ("killed", "timeout")
        result = {
            "status": "survived" if attempt.status == "wrote" else attempt.status,
            "killedBy": [court.id(attempt.culprit)] if noticed else [],
            "ran": [court.id(index) for index in attempt.ran if index in reaching],
            "ms": self._ms,
        }
        if attempt.message is not None and noticed:
            result["message"] = attempt.message
        return result if unsure is None else {**result, "unsure": unsure}

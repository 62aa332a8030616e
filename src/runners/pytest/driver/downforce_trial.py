"""Finds out how one mutant fares, with as few tests as are needed to be sure.

PYTEST_DONT_REWRITE
"""

from downforce_tests import TestsJob

#: So many of the fastest tests are asked first.
_PROBES = 3
#: Seconds that running all tests may take where some would do.
_CHEAP = 0.25


class Attempt(TestsJob):
    """One run of tests with a mutant in force, or with none as a control."""

    def __init__(self, court, order, active, then):
        self._court = court
        place = court.place(active) if active else 0
        super().__init__(court.world, court.session, order, active, place, court.hit_limit(place), court.memory)
        self._then = then
        self.exclusive = any(court.survey.is_shared(index) for index in order)
        self.patience = court.patience(order[0])
        self.at = order[0]
        self.ran = []
        self.hits = {}
        self.failure = None
        self.message = None
        self.wrote = None
        self.is_over = False
        self.unfollowed = False
        self.status = None
        self.ms = 0.0

    def heard(self, message):
        if "at" in message:
            self.at = message["at"]
            self.ran.append(self.at)
            self.patience = self._court.patience(self.at)
        elif "of" in message:
            self.hits[message["of"]] = message["hits"].get(str(self.place), 0)
            self.ms += message["ms"]
            if message["status"] == "fail":
                self.failure, self.message = message["of"], message.get("message")
        elif "over" in message:
            self.is_over = True
        elif "wrote" in message:
            self.wrote = message["wrote"]

    def ended(self, how):
        self.status = self._outcome(how)
        self._then(self)

    def _outcome(self, how):
        if self.wrote is not None:
            return "wrote"
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
        self._reaching = []

    def begin(self):
        survey = self._court.survey
        self._reaching = survey.tests_reaching(self._court.place(self._number))
        likely = [index for index in self._court.likely(self._number) if index in self._reaching]
        rest = sorted((index for index in self._reaching if index not in likely), key=survey.seconds)
        probes = (likely + rest)[: max(_PROBES, len(likely))]
        if not probes:
            self._court.when_surveyed(self._go_on)
        else:
            self._ask(probes, self._after_probes)

    def _ask(self, order, then):
        self._court.submit(Attempt(self._court, order, self._number, then))

    def _after_probes(self, attempt):
        if attempt.status == "survived":
            self._ms += attempt.ms
            self._court.when_surveyed(self._go_on)
        else:
            self._check(attempt)

    def _go_on(self):
        """Nothing was noticed by a few: now all that may matter, in their order."""
        survey = self._court.survey
        place = self._court.place(self._number)
        self._reaching = survey.tests_reaching(place)
        everything = survey.forward.order
        cheap = sum(map(survey.seconds, everything)) <= max(_CHEAP, 2 * sum(map(survey.seconds, self._reaching)))
        if survey.depends_on_order(place) or cheap:
            self._ask(everything, self._conclude)
        elif self._reaching:
            self._ask(self._reaching, self._after_reaching)
        else:
            self._then(self._number, None)

    def _after_reaching(self, attempt):
        if attempt.status != "survived":
            self._check(attempt)
            return
        must = self._court.survey.must_reach(attempt.place)
        if all(attempt.hits.get(index) for index in attempt.order if index in must):
            self._conclude(attempt)
        else:
            # Something was remembered from elsewhere.
            self._ask(self._court.survey.forward.order, self._conclude)

    def _check(self, attempt):
        """The same tests in the same order are green without the mutant, or else the order is to blame."""
        if attempt.status == "wrote":
            self._conclude(attempt)
            return
        order = tuple(attempt.order[: attempt.order.index(attempt.culprit) + 1])

        def judge(is_green):
            if is_green:
                self._conclude(attempt)
            else:
                self._court.when_surveyed(lambda: self._ask(self._court.survey.forward.order, self._conclude))

        self._court.control(order, judge)

    def _conclude(self, attempt):
        self._ms += attempt.ms
        self._then(self._number, self._verdict(attempt))

    def _verdict(self, attempt):
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
        unsure = court.doubt(attempt)
        return result if unsure is None else {**result, "unsure": unsure}

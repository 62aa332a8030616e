"""Runs what has to start before any test is collected.

PYTEST_DONT_REWRITE
"""

import os

import downforce_plugin as plugin
from downforce_alone import AloneJob, run_pytest, tail_of
from downforce_court import Court, tell_by_file
from downforce_pool import Job, Pool, available_cores
from downforce_tests import World

__all__ = ["World", "try_alone", "try_together"]


def try_alone(world, events):
    number = world.request["tries"][0]
    events.tell("begin", number=number, file="")
    done = []
    job = AloneJob(world, number, None, done.append)
    _run_all([job])
    if job.wrote is not None:
        return "a test would write to the working tree: %s" % job.wrote
    verdict = job.verdict()
    if verdict["status"] == "survived" and job.unfollowed:
        return "tests start programs in which mutants cannot be put in force"
    events.tell("try", number=number, file="", **verdict)
    return None


def _run_all(jobs):
    pool = Pool(available_cores())
    for job in jobs:
        pool.submit(job)
    pool.run()


def try_together(world, mutants, loaded_early, events):
    hearing = _Hearing(world, mutants, events)
    _run_all([hearing])
    left = hearing.left
    if left is None:
        return hearing.complaint()
    if "unfit" in left:
        return left["unfit"]
    if "red" in left:
        return _confirm_red(world, left["red"], events)
    _try_apart(world, left, loaded_early, events)
    return None


class _Hearing(Job):
    """Collects all tests and tries what can be tried from there."""

    def __init__(self, world, mutants, events):
        self._world = world
        self._mutants = mutants
        self._events = events
        self.output = os.path.join(world.request["scratch"], "output.txt")
        self.left = None
        self._exit = None
        self._how = None

    def body(self, send):
        counters = self._world.counters()
        self._world.put_in_force(counters, 0, 0, 0, None)
        self._world.guard(counters, send)
        court = Court(self._world, self._events, self._mutants)

        def conduct(session):
            loaded = set(counters.counted())
            left = court.hear(session, loaded)
            if left.get("apart"):
                self._world.served.keep(_codes(self._world))
            send({"left": left})
            send("done")
            plugin.exit_with(0)

        send({"exit": run_pytest(self._world.request, conduct)})

    def heard(self, message):
        self.left = message.get("left", self.left)
        self._exit = message.get("exit", self._exit)
        if "wrote" in message:
            self.left = {"unfit": "loading the tests would write to the working tree: %s" % message["wrote"]}

    def ended(self, how):
        self._how = how

    def complaint(self):
        how = self._how if self._exit is None else "status %s" % self._exit
        return "pytest ends with %s before any test: %s" % (how, tail_of(self.output))


def _codes(world):
    return os.path.join(world.request["scratch"], "codes")


def _confirm_red(world, red, events):
    """The plain program has the last word on whether tests fail."""
    job = AloneJob(world, 0, None, lambda done: None)
    _run_all([job])
    failed = [test for test in job.tests.values() if test["status"] == "fail"]
    if job.how == "done" and not failed and job.broken is None and job.wrote is None:
        first = next(test for test in red if test["status"] == "fail")
        return "%s fails where mutants sleep in the code: %s" % (first["id"], first.get("message", ""))
    for test in red:
        events.tell("test", **test)
    return None


def _try_apart(world, left, loaded_early, events):
    """Mutants of what runs while modules are loaded, each from the first import on."""
    def tell(job):
        doubt = None
        if loaded_early:
            doubt = "pytest itself loads it"
        elif job.wrote is not None:
            doubt = "a test would write to the working tree: %s" % job.wrote
        verdict = job.verdict()
        if verdict["status"] == "survived" and job.unfollowed:
            doubt = doubt or "tests start programs in which mutants cannot be put in force"
        doubted = verdict if doubt is None else {**verdict, "unsure": doubt}
        tell_by_file(events, job.number, doubted, lambda id: left["files"].get(id, ""))

    if left["apart"]:
        world.served.take(_codes(world))
    _run_all([AloneJob(world, number, left, tell) for number in left["apart"]])

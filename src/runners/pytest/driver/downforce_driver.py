"""From a request to events.

PYTEST_DONT_REWRITE
"""

import importlib
import os
import sys

from downforce_import import Served, serve, serve_rewritten
from downforce_request import open_sources


class Mutants:
    """What is known of all mutants before anything runs."""

    def __init__(self, sources):
        self.place = {}
        self.equivalent = set()
        self.apart = set()
        for source in sources:
            self.place.update(source.place)
            self.equivalent |= source.equivalent
            self.apart |= source.apart


def drive(request, request_file, events):
    """Why it cannot be done; nothing where it was done."""
    served = Served()
    sources = open_sources(request, request["tries"])
    for source in sources:
        served.add(source)
    if served.loaded():
        return "%s is loaded before any test" % ", ".join(sorted(served.loaded()))
    serve(served)
    together = request["mode"] == "together"
    served.mode = "switched" if together else "mutated"
    served.number = 0 if together else request["tries"][0]
    reason = _load_pytest(served)
    if reason is not None:
        return reason

    # Needs pytest, which had to be loaded by way of what is served.
    import downforce_together

    sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
    world = downforce_together.World(request, request_file, served)
    if not together:
        return downforce_together.try_alone(world, events)
    return downforce_together.try_together(world, Mutants(sources), served.loaded(), events)


def _load_pytest(served):
    """What every run needs of pytest, so that each fork has it. The project under test may be pytest itself."""
    try:
        import pytest
    except ImportError as error:
        return "pytest cannot be loaded: %s" % error
    if int(pytest.__version__.split(".")[0]) < 7:
        return "pytest %s is too old: 7 is the least" % pytest.__version__
    from _pytest.config import default_plugins

    for name in default_plugins:
        importlib.import_module("_pytest." + name)
    serve_rewritten(served)
    return None

"""For Python programs that tests start: the mutant in force is in force there too.

PYTEST_DONT_REWRITE
"""

import json
import os
import sys

#: Says to child processes what is in force.
VARIABLE = "DOWNFORCE_PYTEST"

_STUB = '''import os, sys
def start():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if entry != here]
    if "{variable}" not in os.environ or sys.version_info < (3, 9):
        return
    sys.path.insert(0, {drivers!r})
    try:
        import downforce_child
        downforce_child.join()
    except Exception as error:
        sys.stderr.write("downforce: %s\\n" % error)
    finally:
        sys.path.remove({drivers!r})
def go_on():
    # What this stands in front of.
    sys.modules.pop("sitecustomize", None)
    import importlib.util
    if importlib.util.find_spec("sitecustomize") is not None:
        import sitecustomize
start()
go_on()
'''


def adopt_children(scratch):
    """Has every Python that is started from now on ask for what is in force."""
    folder = os.path.join(scratch, "site")
    os.makedirs(folder)
    with open(os.path.join(folder, "sitecustomize.py"), "w", encoding="utf-8") as file:
        file.write(_STUB.format(variable=VARIABLE, drivers=os.path.dirname(os.path.abspath(__file__))))
    inherited = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = folder if not inherited else folder + os.pathsep + inherited


def tell_children(request, counters, served, place, limit):
    os.environ[VARIABLE] = json.dumps(
        {
            "request": request,
            "counters": counters.file,
            "mode": served.mode,
            "number": served.number,
            "place": place,
            "limit": limit,
        }
    )


def join():
    """Runs in such a Python before anything else does."""
    from downforce_counters import UNFOLLOWED, WROTE, Counters, count_with, switch_on
    from downforce_guard import Guard
    from downforce_import import Served, serve
    from downforce_request import load_request, open_sources

    order = json.loads(os.environ[VARIABLE])
    request = load_request(order["request"])
    counters = Counters(order["counters"], request["mutants"])
    served = Served()
    served.mode, served.number = order["mode"], order["number"]
    for source in open_sources(request, [order["number"]]):
        served.add(source)
    serve(served)
    if order["mode"] == "switched" and order["number"] > 0:
        switch_on(counters, order["number"], order["place"], order["limit"], lambda: os._exit(1))
    else:
        count_with(counters)
    if _script() is not None and served.find(_script()) is not None:
        # The program itself is not loaded by way of an import.
        counters.mark(UNFOLLOWED)

    def refuse(path):
        counters.mark(WROTE)
        raise PermissionError("downforce: %s is not to be written to" % path)

    Guard(request["root"], request["scratch"], refuse, lambda: None, lambda: counters.mark(UNFOLLOWED)).install()


def _script():
    for word in getattr(sys, "orig_argv", _command())[1:]:
        if not word.startswith("-"):
            return os.path.abspath(word)
        if word in ("-c", "-m"):
            return None
    return None


def _command():
    try:
        with open("/proc/self/cmdline", "rb") as file:
            return [os.fsdecode(word) for word in file.read().split(b"\0")]
    except OSError:
        return []

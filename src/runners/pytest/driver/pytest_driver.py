"""Started by Downforce with the user's own Python: tries mutants with pytest. The request file is its only argument.

PYTEST_DONT_REWRITE
"""

import os
import shutil
import sys

from downforce_request import Events, load_request


def main(request_file):
    request = load_request(request_file)
    events = Events(request["events"])
    reason = prepare(request)
    if reason is None:
        from downforce_driver import drive

        reason = drive(request, request_file, events)
    if reason is not None:
        events.tell("unfit", reason=reason)
    events.tell("end")


def prepare(request):
    """Makes this process what `python -m pytest` would be; or says why that cannot be."""
    if sys.version_info < (3, 9):
        return "Python %d.%d is too old: 3.9 is the least" % sys.version_info[:2]
    if not hasattr(os, "fork"):
        return "this system cannot fork"
    sys.dont_write_bytecode = True
    temporary = os.path.join(request["scratch"], "t")
    os.makedirs(temporary, exist_ok=True)
    os.environ["TMPDIR"] = temporary
    _move_hypothesis(request)
    # The folder of this file takes the place that the working folder has for `-m`.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
    sys.path.append(here)
    from downforce_child import adopt_children

    adopt_children(request["scratch"])
    if not getattr(sys.flags, "safe_path", False):
        sys.path.insert(0, os.getcwd())
    return None


def _move_hypothesis(request):
    """Its examples stay where they are; what it worked out about Unicode and sources takes seconds, and is taken along."""
    folder = os.path.join(request["scratch"], "hypothesis")
    known = os.environ.get("HYPOTHESIS_STORAGE_DIRECTORY") or os.path.join(request["cwd"], ".hypothesis")
    for name in ("unicode_data", "constants"):
        if os.path.isdir(os.path.join(known, name)):
            shutil.copytree(os.path.join(known, name), os.path.join(folder, name))
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder


if __name__ == "__main__":
    main(sys.argv[1])

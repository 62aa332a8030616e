"""What is asked, and the events that answer it.

PYTEST_DONT_REWRITE
"""

import json
import os

from downforce_switches import Source


def load_request(file):
    with open(file, encoding="utf-8") as stream:
        return json.load(stream)


def open_sources(request, tries):
    return [
        Source(source["path"], source["text"], source["mutants"], set(tries))
        for source in request["sources"]
        if source["path"].endswith((".py", ".pyw"))
    ]


class Events:
    """Written at once, so that nothing is lost with the process."""

    def __init__(self, file):
        self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(self, type, **fields):
        line = json.dumps({"type": type, **fields}).encode() + b"\n"
        while line:
            line = line[os.write(self._descriptor, line) :]

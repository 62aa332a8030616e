"""What Downforce has to say and to hear inside pytest.

PYTEST_DONT_REWRITE
"""

import os
import sys

import pytest

#: Called with the session once all tests are collected; does not come back.
conduct = None
#: Takes reports of collected files that failed.
broken = []
#: What test ids are relative to.
root = None
_reports = []
#: Options that write files, measure, repeat or reorder, with what they are where nobody asks for them.
_QUIET = {
    "numprocesses": 0,
    "dist": "no",
    "tx": [],
    "maxprocesses": None,
    "basetemp": None,
    "xmlpath": None,
    "htmlpath": None,
    "json_report_file": None,
    "md_report": None,
    "report_log": None,
    "allure_report_dir": None,
    "log_file": os.devnull,
    "log_cli": None,
    "usepdb": False,
    "trace": False,
    "collectonly": False,
    "randomly_reorganize": False,
    "durations": None,
}


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    for name, value in _QUIET.items():
        if hasattr(config.option, name):
            setattr(config.option, name, value)
    # Whatever is random is to be the same each time.
    if hasattr(config.option, "randomly_seed"):
        config.option.randomly_seed = 1
    if getattr(config.option, "hypothesis_seed", 0) is None:
        config.option.hypothesis_seed = 1
    yield


def pytest_sessionstart(session):
    global root
    root = session.config.rootpath


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    conduct(session)
    return True


def pytest_collectreport(report):
    if report.failed:
        broken.append(report)


def pytest_runtest_logreport(report):
    _reports.append(report)


def silence():
    """Failures are told in one line: reading and printing their sources takes longer than most tests."""
    from _pytest.nodes import Node

    def represent(self, excinfo, style=None):
        return excinfo.exconly(tryshort=True)

    Node._repr_failure_py = represent


def restart_capture(config):
    """Output of this process is not to land in a file that its parent and its siblings share."""
    manager = config.pluginmanager.getplugin("capturemanager")
    if manager is not None and manager.is_globally_capturing() is not None:
        capturing = getattr(manager, "_global_capturing", None)
        if capturing is not None:
            manager.stop_global_capturing()
            manager.start_global_capturing()
            manager.suspend_global_capture(in_=False)


def run_test(item, nextitem):
    """Runs one test with its set-up; what came of it, and what it said where it failed."""
    del _reports[:]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
    failed = next((report for report in _reports if report.failed), None)
    if failed is not None:
        return "fail", message_of(failed)
    skipped = any(report.skipped and not hasattr(report, "wasxfail") for report in _reports)
    return ("skip" if skipped else "pass"), None


def message_of(report):
    crash = getattr(report.longrepr, "reprcrash", None)
    text = str(getattr(crash, "message", None) or report.longrepr or report.outcome).strip()
    return text if len(text) <= 300 else text[:299] + "\u2026"


def file_of(item):
    """Absolute, as the file system has it."""
    path = getattr(item, "path", None) or getattr(item, "fspath", None)
    return os.path.realpath(str(path)) if path is not None else ""


def real_path(report):
    """Of a file that could not be collected."""
    path = getattr(report, "fspath", None) or report.nodeid.split("::", 1)[0]
    return os.path.realpath(os.path.join(str(root), str(path)))


def name_of(item):
    return item.nodeid.split("::", 1)[1] if "::" in item.nodeid else item.nodeid


def exit_with(code):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            # Closed, and nobody listens.
            pass
    os._exit(code)

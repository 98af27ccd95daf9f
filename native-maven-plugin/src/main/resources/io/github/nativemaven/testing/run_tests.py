"""Runs Python tests, and writes one JSON object for each to a file.

usage: run_tests.py RESULTS unittest|pytest DIRECTORY
"""

import importlib.util
import json
import os
import sys
import time
import traceback
import unittest


def main():
    results, runner, directory = sys.argv[1:4]
    # Tests import what is installed, never what lies beside this script.
    sys.path.pop(0)
    with open(results, "w", encoding="utf-8") as file:
        report = Report(file)
        return run_pytest(report, directory) if runner == "pytest" else run_unittest(report, directory)


class Report:
    def __init__(self, file):
        self.file = file

    def add(self, suite, name, status, details="", seconds=0.0):
        record = {"suite": suite, "name": name, "status": status, "details": details, "seconds": "%.6f" % seconds}
        self.file.write(json.dumps(record) + "\n")
        self.file.flush()


def run_pytest(report, directory):
    import pytest

    class Plugin:
        def pytest_runtest_logreport(self, report):
            record(report)

        def pytest_collectreport(self, report):
            if report.failed:
                add("", report.nodeid or "collection", "FAILED", str(report.longrepr))

    def add(*args, **kwargs):
        report.add(*args, **kwargs)

    def record(outcome):
        path, _, name = outcome.nodeid.partition("::")
        suite = path.replace("/", ".")[: -len(".py")] if path.endswith(".py") else path
        if outcome.when == "call" and outcome.passed:
            add(suite, name, "PASSED", seconds=outcome.duration)
        elif outcome.skipped:
            reason = outcome.longrepr[2] if isinstance(outcome.longrepr, tuple) else str(outcome.longrepr or "")
            add(suite, name, "SKIPPED", reason, outcome.duration)
        elif outcome.failed:
            title = name if outcome.when == "call" else "%s (%s)" % (name, outcome.when)
            add(suite, title, "FAILED", outcome.longreprtext, outcome.duration)

    arguments = ["-q", "-p", "no:cacheprovider", "--continue-on-collection-errors", directory]
    code = pytest.main(arguments, plugins=[Plugin()])
    # 0: all passed; 1: some failed, which the report says; 5: there were none.
    return 0 if int(code) in (0, 1, 5) else int(code)


def run_unittest(report, directory):
    suite = unittest.TestSuite()
    for path in test_files(directory):
        load(suite, path, directory)
    suite.run(Recorder(report))
    return 0


def test_files(directory):
    for root, folders, files in os.walk(directory):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "__pycache__")
        for name in sorted(files):
            if name.endswith(".py") and (name.startswith("test_") or name.endswith("_test.py")):
                yield os.path.join(root, name)


def load(suite, path, directory):
    root, packages = packages_of(os.path.dirname(path))
    stem = os.path.splitext(os.path.basename(path))[0]
    if packages:
        name = ".".join(packages + [stem])
    else:
        name = os.path.splitext(os.path.relpath(path, directory))[0].replace(os.sep, ".")
        if os.path.dirname(path) not in sys.path:
            sys.path.insert(0, os.path.dirname(path))
    try:
        load_packages(root, packages)
        module = load_module(name, path)
    except unittest.SkipTest as skip:
        reason = str(skip)
        suite.addTest(Named(name, "import", lambda: skip_with(reason)))
        return
    except BaseException:
        error = traceback.format_exc()
        suite.addTest(Named(name, "import", lambda: fail_with(error)))
        return
    suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    for key, value in list(vars(module).items()):
        if key.startswith("test_") and callable(value) and getattr(value, "__module__", None) == name:
            suite.addTest(Named(name, key, value))


def packages_of(directory):
    """The directory above the outermost package that a directory is in, and the names from there on."""
    names = []
    while os.path.isfile(os.path.join(directory, "__init__.py")):
        directory, name = os.path.split(directory)
        names.insert(0, name)
    return directory, names


def load_packages(root, names):
    """Makes packages importable without their root, where the project's own source may lie."""
    for i in range(len(names)):
        name = ".".join(names[: i + 1])
        if name not in sys.modules:
            directory = os.path.join(root, *names[: i + 1])
            load_module(name, os.path.join(directory, "__init__.py"), [directory])


def load_module(name, path, locations=None):
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=locations)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def fail_with(error):
    raise AssertionError(error)


def skip_with(reason):
    raise unittest.SkipTest(reason)


class Named(unittest.FunctionTestCase):
    """A test function outside of any class."""

    def __init__(self, module, name, function):
        super().__init__(function)
        self.module = module
        self.name = name


class Recorder(unittest.TestResult):
    def __init__(self, report):
        super().__init__()
        self.report = report
        self.started = 0.0
        self.done = False

    def startTest(self, test):
        super().startTest(test)
        self.started = time.perf_counter()
        self.done = False

    def record(self, test, status, details=""):
        self.done = True
        seconds = time.perf_counter() - self.started
        if isinstance(test, Named):
            suite, name = test.module, test.name
        elif hasattr(test, "_testMethodName"):
            suite = type(test).__module__ + "." + type(test).__qualname__
            name = test._testMethodName
        else:
            suite, name = "", str(test)
        self.report.add(suite, name, status, details, seconds)

    def addSuccess(self, test):
        if not self.done:
            self.record(test, "PASSED")

    def addFailure(self, test, error):
        self.record(test, "FAILED", self._exc_info_to_string(error, test))

    def addError(self, test, error):
        self.record(test, "FAILED", self._exc_info_to_string(error, test))

    def addSkip(self, test, reason):
        self.record(test, "SKIPPED", reason)

    def addExpectedFailure(self, test, error):
        self.record(test, "PASSED")

    def addUnexpectedSuccess(self, test):
        self.record(test, "FAILED", "passed, but was expected to fail")

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.record(test, "FAILED", "%s\n%s" % (subtest, self._exc_info_to_string(error, test)))


if __name__ == "__main__":
    sys.exit(main())

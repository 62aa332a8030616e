import type { PlannedMutant } from './trial.ts';

/** Code and tests made to mislead whoever tries mutants in one process, with a mutant for each trap. */
interface Trap {
  readonly files: Readonly<Record<string, string>>;
  readonly mutants: readonly PlannedMutant[];
}

const inFile =
  (path: string) =>
  (find: string, replace: string, more: Partial<PlannedMutant> = {}): PlannedMutant => ({
    path,
    find,
    replace,
    ...more,
  });
const statement = { form: 'statement' } as const;

const inState = inFile('app/state.py');
const STATE: Trap = {
  files: {
    'app/state.py': `import functools

REGISTRY = []
_instance = None


def register(name):
    REGISTRY.append(name)
    return name


@functools.lru_cache(maxsize=None)
def square(value):
    return value * value


def instance():
    global _instance
    if _instance is None:
        _instance = make()
    return _instance


def make():
    return {"size": 3}


class Counter:
    total = 0

    def add(self, value):
        Counter.total += value
        return Counter.total
`,
    'tests/test_state.py': `from app import state


def test_warms_the_cache():
    state.square(3)


def test_reads_the_cache():
    assert state.square(3) == 9


def test_makes_the_instance():
    assert state.instance() is not None


def test_uses_the_instance():
    assert state.instance()["size"] == 3


def test_leaves_a_name():
    assert state.register("first") == "first"


def test_finds_the_name():
    assert state.REGISTRY == ["first"]


def test_counts():
    state.Counter().add(2)


def test_goes_on_counting():
    assert state.Counter().add(1) in (1, 3)
`,
  },
  mutants: [
    inState('value * value', 'value + value'),
    inState('value * value', 'value ** 2'),
    inState('"size": 3', '"size": 4'),
    inState('REGISTRY.append(name)', 'pass', statement),
    inState('_instance is None', '_instance is not None'),
    inState('Counter.total += value', 'Counter.total -= value', statement),
    inState('Counter.total += value', 'pass', statement),
    inState('_instance = make()', 'pass', statement),
    inState('REGISTRY.append(name)', 'REGISTRY.append(name.upper())', statement),
  ],
};

const inStatic = inFile('app/static.py');
const STATIC: Trap = {
  files: {
    'app/static.py': `LIMIT = 10
TABLE = {number: number * 2 for number in range(4)}


def double(function):
    def wrapped(*args):
        return function(*args) * 2

    return wrapped


@double
def size(items):
    return len(items)


def clamp(value, top=LIMIT):
    if value > top:
        return top
    return value


class Defaults:
    colour = "red"

    def __init__(self):
        self.colour_upper = self.colour.upper()


if LIMIT > 5:
    MODE = "many"
else:
    MODE = "few"


def lazily():
    from app import late

    return late.VALUE
`,
    'app/late.py': 'VALUE = 6 * 7\nOTHER = 1 + 1\n',
    'tests/test_static.py': `from app import static


def test_clamps():
    assert static.clamp(11) == 10
    assert static.clamp(3) == 3


def test_table():
    assert static.TABLE[2] == 4


def test_size():
    assert static.size("abc") == 6


def test_colour():
    assert static.Defaults().colour_upper == "RED"


def test_mode():
    assert static.MODE


def test_late():
    assert static.lazily() == 42
`,
  },
  mutants: [
    inStatic('10', '11', { atLoad: true }),
    inStatic('number * 2', 'number * 3', { atLoad: true }),
    inStatic('range(4)', 'range(5)', { atLoad: true }),
    inStatic('function(*args) * 2', 'function(*args) + 2'),
    inStatic('"red"', '"blue"', { atLoad: true }),
    inStatic('LIMIT > 5', 'LIMIT < 5', { atLoad: true }),
    inStatic('LIMIT > 5', 'LIMIT > 500 + missing', { atLoad: true }),
    inStatic('value > top', 'value >= top'),
    inFile('app/late.py')('6 * 7', '6 + 7', { atLoad: true }),
    inFile('app/late.py')('1 + 1', '1 - 1', { atLoad: true }),
  ],
};

const inEnds = inFile('app/ends.py');
const ENDS: Trap = {
  files: {
    'app/ends.py': `import os
import sys
import threading


def count(limit):
    number = 0
    while number < limit:
        number += 1
    return number


def wait(flag):
    event = threading.Event()
    if flag:
        event.set()
    event.wait()
    return True


def fill(size):
    return len(bytearray(size))


def leave(code):
    if code > 3:
        sys.exit(code)
    if code < -3:
        os._exit(0)
    return code


def interrupt(code):
    if code == 7:
        raise KeyboardInterrupt
    return code


def quietly(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def noisy():
    if 1 > 2:
        raise RuntimeError("in a thread")
`,
    'tests/test_ends.py': `from app import ends


def test_counts():
    assert ends.count(3) == 3


def test_waits():
    assert ends.wait(True)


def test_fills():
    assert ends.fill(1000) == 1000


def test_stays():
    assert ends.leave(1) == 1


def test_is_not_interrupted():
    assert ends.interrupt(1) == 1


def test_threads():
    ends.quietly(ends.noisy)
`,
  },
  mutants: [
    inEnds('number += 1', 'pass', statement),
    inEnds('number < limit', 'number <= limit'),
    inEnds('number < limit', 'True'),
    inEnds('event.set()', 'pass', statement),
    inEnds('bytearray(size)', 'bytearray(size * 10 ** 9)'),
    inEnds('code > 3', 'code > -3'),
    inEnds('code < -3', 'code < 3'),
    inEnds('code == 7', 'code != 7'),
    inEnds('1 > 2', '1 < 2'),
  ],
};

const inScopes = inFile('app/scopes.py');
const SCOPES: Trap = {
  files: {
    'app/scopes.py': `def connect(host):
    return {"host": host, "open": True}


def close(connection):
    connection["open"] = False
    return connection


def numbers(limit):
    for number in range(limit):
        yield number


label = "outer"


def relabel(flag):
    label = "inner"
    return label + str(flag)


def first(items, default=None):
    for item in items:
        return item
    return default
`,
    'tests/conftest.py': `import pytest

from app import scopes


@pytest.fixture(scope="session")
def connection():
    made = scopes.connect("local")
    yield made
    scopes.close(made)
    assert made["open"] is False


@pytest.fixture(scope="module", params=[2, 3])
def limit(request):
    return request.param


@pytest.fixture(scope="class", autouse=True)
def prepared(request):
    if request.cls is not None:
        request.cls.first = scopes.first([1, 2])
`,
    'tests/test_scopes.py': `import unittest

import pytest

from app import scopes


def test_is_there(connection):
    assert connection


def test_numbers(limit, connection):
    assert len(list(scopes.numbers(limit))) == limit


def test_host(connection):
    assert connection["host"] == "local"


class TestFirst:
    def test_prepared(self):
        assert self.first == 1


@pytest.mark.parametrize("flag", [1, "zwei", None])
def test_label(flag):
    assert scopes.relabel(flag).endswith(str(flag))


@pytest.mark.xfail(strict=True)
def test_known_fault():
    assert scopes.first([], default=1) is None


class Old(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.numbers = list(scopes.numbers(3))

    def test_some(self):
        for number in self.numbers:
            with self.subTest(number=number):
                self.assertLess(number, 3)

    def test_count(self):
        self.assertEqual(len(self.numbers), 3)
`,
  },
  mutants: [
    inScopes('"open": True', '"open": False'),
    inScopes('{"host": host, "open": True}', '{"host": "far", "open": True}'),
    inScopes('connection["open"] = False', 'pass', statement),
    inScopes('yield number', 'pass', statement),
    inScopes('yield number', 'yield number + 1', statement),
    inScopes('label = "inner"', 'pass', statement),
    inScopes('return item', 'return None', statement),
    inScopes('return default', 'return None', statement),
    inScopes('range(limit)', 'range(limit - 1)'),
    inScopes('"inner"', '"other"'),
  ],
};

const inText = inFile('app/text.py');
const TEXT: Trap = {
  files: {
    'app/text.py': [
      'def grüße(name):  # 👋',
      '\tgruß = "Grüß Gott 👋, " + name; länge = len(gruß) + 1',
      '\treturn gruß, f"{name!r:>{länge}} {länge + 1}"',
      '',
      'def pick(value):',
      '\tif value == 1: return "one"',
      '\telif value == 2:',
      '\t\treturn "two"',
      '\telse:',
      '\t\treturn "many"',
      '',
      'def mix(a, b, c):',
      '\treturn a - b * c',
      '',
      'def doubled(x):',
      '\t"""',
      '\t>>> doubled(2)',
      '\t4',
      '\t"""',
      '\treturn (x +',
      '\t\tx)',
      '',
    ].join('\r\n'),
    'pytest.ini': '[pytest]\naddopts = --doctest-modules --strict-markers\n',
    'tests/test_text.py': `from app import text


def test_greets():
    assert text.grüße("Zoë")[0] == "Grüß Gott 👋, Zoë"


def test_length():
    assert text.grüße("Zoë")[1].endswith(" 18")


def test_picks():
    assert [text.pick(n) for n in (1, 2)] == ["one", "two"]
    assert text.pick(3)


def test_mixes():
    assert text.mix(9, 2, 3) == 3
`,
  },
  mutants: [
    inText('"Grüß Gott 👋, " + name', '"" + name'),
    inText('länge = len(gruß) + 1', 'länge = len(gruß) - 1', statement),
    inText('länge + 1}', 'länge - 1}'),
    inText('value == 2', 'value != 2'),
    inText('value == 1', 'value >= 1'),
    inText('"many"', '""'),
    inText('b * c', 'b + c'),
    inText('(x +\r\n\t\tx)', '(x *\r\n\t\tx)'),
    inText('x +\r\n\t\tx', 'x -\r\n\t\tx'),
  ],
};

const inPrograms = inFile('app/program.py');
const PROGRAMS: Trap = {
  files: {
    'app/program.py': `import sys


def answer(value):
    return value + 1


def work(queue, value):
    queue.put(value * 2)


def main():
    print(answer(int(sys.argv[1])))


if __name__ == "__main__":
    main()
`,
    'tests/test_program.py': `import multiprocessing
import subprocess
import sys

import pytest

from app import program


def run(*words):
    return subprocess.run([sys.executable, *words, "4"], stdout=subprocess.PIPE, check=True).stdout.strip()


def test_as_a_module():
    assert run("-m", "app.program") == b"5"


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_in_a_process(method):
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    process = context.Process(target=program.work, args=(queue, 4))
    process.start()
    assert queue.get(timeout=20) == 8
    process.join()
`,
  },
  mutants: [
    inPrograms('value + 1', 'value - 1'),
    inPrograms('value * 2', 'value * 3'),
    inPrograms('value * 2', 'value + value'),
  ],
};

const inLeak = inFile('app/leak.py');
/** What one test leaves behind is seen by another that does not run the place; running all of them would cost too much. */
const LEAK: Trap = {
  files: {
    'app/leak.py': `import contextlib
import functools
import os

STACK = []


@contextlib.contextmanager
def inside(folder):
    old = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(old)


def push(value):
    STACK.append(value)
    try:
        return len(STACK)
    finally:
        STACK.pop()


def depth():
    return len(STACK)


@functools.lru_cache(maxsize=None)
def cube(value):
    return value ** 3


def setting():
    os.environ["APP_MODE"] = "test"
    return True


def shout(text):
    return text.upper() + "!"


def prepare(state=[]):
    state.append(1)
    return state
`,
    'tests/test_leak.py': `import os
import time

import pytest

from app import leak


def test_inside(tmp_path):
    with leak.inside(tmp_path):
        assert os.listdir(".") == []


def test_push():
    assert leak.push(1) == 1


def test_cube():
    leak.cube(2)


def test_setting():
    assert leak.setting()


def test_prepares():
    leak.prepare()


@pytest.mark.parametrize("number", range(20))
def test_shouts(number):
    assert leak.shout("a").startswith("A")


def test_slow():
    time.sleep(0.7)


def test_elsewhere():
    assert os.path.exists("app")


def test_depth():
    assert leak.depth() == 0


def test_cubed():
    assert leak.cube(2) == 8


def test_mode():
    assert os.environ["APP_MODE"] == "test"


def test_is_prepared():
    assert leak.prepare.__defaults__[0] == [1]
`,
  },
  mutants: [
    inLeak('os.chdir(old)', 'pass', statement),
    inLeak('STACK.pop()', 'pass', statement),
    inLeak('value ** 3', 'value + 3'),
    inLeak('"test"', '"live"'),
    inLeak('text.upper() + "!"', 'text.upper()'),
    inLeak('text.upper() + "!"', 'text + "!"'),
    inLeak('state.append(1)', 'state.append(2)'),
  ],
};

export const TRAPS = { LEAK, STATE, STATIC, ENDS, SCOPES, TEXT, PROGRAMS };

/** All traps in one repository. */
export function troubleOf(traps: readonly Trap[]): {
  files: Record<string, string>;
  mutants: readonly PlannedMutant[];
} {
  const files = Object.assign({}, ...traps.map((trap) => trap.files)) as Record<string, string>;
  const common = { 'app/__init__.py': '', '.gitignore': '.venv\n' };
  return {
    files: { 'pytest.ini': '[pytest]\n', ...common, ...files },
    mutants: traps.flatMap((trap) => trap.mutants),
  };
}

"""A kernel, a Xonsh and a Python that stay alive while lib.rs is edited: each must have the new sum, and keep what it has."""

import pathlib
import re
import sys
import time

import pexpect
from jupyter_client.manager import start_new_kernel

log, source = pathlib.Path(sys.argv[1]), pathlib.Path("src/lib.rs")


def await_round(count):
    end = time.monotonic() + 120
    while log.read_text().count("src/lib.rs: my_fast_lib 0.1.0") < count:
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.02)


def edit(summand):
    before = log.read_text().count("src/lib.rs: my_fast_lib 0.1.0")
    text = source.read_text()
    source.write_text(re.sub(r"\(a \+ b.*\)\.to_string", f"(a + b + {summand}).to_string", text))
    await_round(before + 1)


class Kernel:
    def __init__(self, *cells):
        self.manager, self.client = start_new_kernel(kernel_name="python3")
        for cell in cells:
            self.run(cell)

    def run(self, cell):
        printed = []

        def hook(message):
            content = message["content"]
            printed.append(content.get("text") or content.get("data", {}).get("text/plain") or "")

        reply = self.client.execute_interactive(cell, output_hook=hook, timeout=60)
        assert reply["content"]["status"] == "ok", reply
        return "".join(printed).strip()

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Terminal:
    def __init__(self, prompt, program, *arguments):
        self.shell = pexpect.spawn(program, list(arguments), encoding="utf-8", timeout=60, dimensions=(24, 200))
        self.prompt = prompt
        self.shell.expect_exact(prompt)

    def run(self, line):
        self.shell.sendline(line)
        self.shell.expect(r"= '(\d+)' (\w+)")
        answer = self.shell.match.groups()
        self.shell.expect_exact(self.prompt)
        return answer

    def end(self):
        self.shell.terminate(force=True)


SUM = "my_fast_lib.sum_as_string(5, 20)"
SHOW = f"print('=', repr({SUM}), kept)"

by_hand = Kernel("import importlib, my_fast_lib; kept = 'kept'")
by_itself = Kernel("%load_ext autoreload\n%autoreload 2", "import my_fast_lib\nfrom my_fast_lib import sum_as_string")
python = Terminal(">>> ", sys.executable, "-q", "-i")
xonsh = Terminal(
    "@@@ ", sys.executable, "-m", "xonsh", "--no-rc", "-i", "--shell-type", "readline", "-DPROMPT=@@@ ", "-DCOLOR_INPUT="
)
for terminal in python, xonsh:
    assert terminal.run(f"import importlib, my_fast_lib; kept = 'kept'; {SHOW}") == ("25", "kept")

assert by_hand.run(SUM) == "'25'"
assert by_itself.run(SUM) == "'25'"
old = by_itself.run("old = sum_as_string; id(old)")
for number in 1, 2, 3:
    edit(number)
    expected = str(25 + number)
    assert by_hand.run(f"importlib.reload(my_fast_lib); {SUM}") == f"'{expected}'"
    assert by_hand.run("kept") == "'kept'"
    assert by_itself.run(SUM) == f"'{expected}'", "nothing is typed"
    assert by_itself.run("sum_as_string(5, 20)") == f"'{expected}'", "nor for what was imported by name"
    for terminal in python, xonsh:
        assert terminal.run(f"_ = importlib.reload(my_fast_lib); {SHOW}") == (expected, "kept")
print("all sessions had 25, 26, 27 and 28")
for session in by_hand, by_itself, python, xonsh:
    session.end()

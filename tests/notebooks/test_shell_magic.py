"""``%%shell`` does in other kernels what it does in Colab: the notebook brings it along."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time

import pytest
from IPython.core.interactiveshell import InteractiveShell

from sphinx_docent.notebooks.setup_cells import SHELL_MAGIC

pytestmark = pytest.mark.site


class Recorder:
    """Takes what is printed, with the time."""

    def __init__(self) -> None:
        self.printed: list[tuple[float, str]] = []

    def write(self, text: str) -> None:
        if text:
            self.printed.append((time.monotonic(), text))

    def flush(self) -> None:
        pass

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.printed)

    def when(self, words: str) -> float:
        return next(moment for moment, text in self.printed if words in text)


def shell(line: str, cell: str) -> Recorder:
    recorder = Recorder()
    with contextlib.redirect_stdout(recorder):  # type: ignore[type-var]
        kernel = InteractiveShell()
        kernel.run_cell(SHELL_MAGIC).raise_error()
        kernel.run_cell_magic("shell", line, cell)
    return recorder


def test_the_magic_of_colab_is_left_alone() -> None:
    kernel = InteractiveShell()
    kernel.register_magic_function(lambda line, cell: cell.upper(), "cell", "shell")
    kernel.run_cell(SHELL_MAGIC).raise_error()
    assert kernel.run_cell_magic("shell", "", "ls") == "LS"


def test_the_programs_of_the_kernel_come_first() -> None:
    shown = shell("", "echo $PATH")
    assert shown.text.startswith(f"{os.path.dirname(sys.executable)}{os.pathsep}")


def test_each_line_is_shown_as_it_comes() -> None:
    program = "import time; print('first'); time.sleep(0.6); print('second')"
    shown = shell("", f'{sys.executable} -c "{program}"\necho third >&2')
    assert shown.text == "first\nsecond\nthird\n"
    assert shown.when("second") - shown.when("first") > 0.4


def test_the_last_exit_code_decides() -> None:
    shell("", "false\ntrue")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        shell("", "exit 3")
    assert failed.value.returncode == 3
    assert shell("--ignore-errors", "echo shown; false").text == "shown\n"


def test_the_commands_are_of_bash_and_wait_for_no_input() -> None:
    assert shell("", "a=(1 2)\necho ${a[1]} päckchen; cat").text == "2 päckchen\n"


def test_what_is_left_in_the_background_is_not_waited_for() -> None:
    began = time.monotonic()
    shown = shell("", "sleep 5 &\necho done")
    assert time.monotonic() - began < 4
    assert "done" in shown.text


def test_much_output_is_shown_whole() -> None:
    shown = shell("", "seq 1 50000")
    assert shown.text.split() == [str(number) for number in range(1, 50001)]

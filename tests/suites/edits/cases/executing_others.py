"""Edited while executing: the tutorial itself, ``conf.py``, what another tutorial uses."""

from ..harness.edits import make_folder, move_in, replace, write, write_as_before
from ..harness.model import DATA, Case, Edit, Step, nothing
from ..harness.site import Site
from .executing_kinds import IMPORT, MODULE, NEW, READ, kept, shown

CLAUSE = "while executing"

_SAY = """
def say(case, word):
    return f"\\n\\n{case} value: [{word}]\\n\\n"
"""
PROJECTS = {
    "queued_first": {"still": False, "conf": "docent_jobs = 1\n"},
    "queued_last": {"still": False, "conf": "docent_jobs = 1\n"},
    "conf_edited": {"still": False, "conf": _SAY},
    "input_of_another": {"conf": "docent_jobs = 1\n"},
    "input_of_another_restored": {"conf": "docent_jobs = 1\n"},
    "without_output": {"in_turn": True},
}

_CONF = "docs/conf.py"
_SOURCE = "docs/tutorials/CASE.py"
_OWN = 'word = "one of CASE"\ntell("read")\nshow(word.split()[0])'


def _when_it_tells(word: str, edit: Edit) -> Edit:
    """In the next build, edit when the other tutorial, which is edited now, says a word."""

    def later(site: Site, case: str) -> None:
        site.line.on(f"z_{case} {word}", lambda: edit(site, case))
        replace("docs/tutorials/z_CASE.py", 'tell("0")', f'tell("{word}")')(site, case)

    return later


def _back(old: str, new: str, again: bool | None = None) -> Step:
    """The tutorial is as it was again; it may come from the cache, but must show what it did."""
    return Step(edit=replace(_SOURCE, old, new), again=again, shows="one")


CASES = [
    # The tutorial itself
    shown(
        "executing_source_edited",
        _OWN,
        replace(_SOURCE, '"one of', '"three of'),
        _back('"three of', '"one of'),
        first="one|three",
        again=None,
    ),
    shown(
        "executing_source_same_size_and_time",
        _OWN,
        lambda site, case: write_as_before(
            _SOURCE, site.path(_SOURCE, case).read_text().replace('"one of', '"six of')
        )(site, case),
        _back('"six of', '"one of'),
        first="one|six",
        then="six",
        again=None,
    ),
    shown(
        "executing_source_moved_in",
        _OWN,
        lambda site, case: move_in(
            _SOURCE, site.path(_SOURCE, case).read_text().replace('"one of', '"three of')
        )(site, case),
        _back('"three of', '"one of'),
        first="one|three",
        again=None,
    ),
    # It waits for its turn, or is over already, when another tutorial has its source edited.
    shown(
        "executing_source_waits",
        'word = "one of CASE"\nshow(word.split()[0])',
        replace(_SOURCE, '"one of', '"three of'),
        _back('"three of', '"one of'),
        first="one|three",
        project="queued_first",
        others={"A_CASE": 'tell("read")\nshow("one")'},
        again=None,
    ),
    shown(
        "executing_source_is_over",
        'word = "one of CASE"\nshow(word.split()[0])',
        replace(_SOURCE, '"one of', '"three of'),
        _back('"three of', '"one of'),
        first="one|three",
        again=None,
        project="queued_last",
        others={"z_CASE": 'tell("read")\nshow("one")'},
    ),
    # Others
    kept("executing_beside", READ, write(NEW, "three")),
    kept("executing_module_beside", IMPORT, write("lib/CASE_other.py", ""), files=MODULE),
    kept(
        "executing_list_below",
        """
        import os
        names = os.listdir("CASE")
        tell("read")
        show("one" if names else "")
        """,
        write(DATA, "three"),
    ),
    kept(
        "executing_exists_edited",
        """
        import os
        found = os.path.exists("CASE/data.csv")
        tell("read")
        show("one" if found else "")
        """,
        write(DATA, "three"),
    ),
    kept(
        "executing_page_edited",
        READ,
        write("docs/index.rst", "Site\n====\n\n.. toctree::\n\n   gallery/index\n\nMore.\n"),
    ),
    kept("executing_folder_made", READ, make_folder("docs/tutorials/CASE/deep")),
    # conf.py
    Case(
        name="executing_conf_edited",
        conf="def scrape_CASE(block, block_vars, gallery_conf):\n"
        '    return say("CASE", "one")  # CASE\n\n\nSCRAPERS.append(scrape_CASE)\n',
        others={"waits_CASE": 'tell("read")\nshow("one")'},
        during={"read": replace(_CONF, '"one")  # CASE', '"three")  # CASE')},
        everyone=True,
        project="conf_edited",
        steps=(
            Step(edit=nothing, again=True, shows="three"),
            Step(
                edit=replace(_CONF, '"three")  # CASE', '"one")  # CASE'), again=None, shows="one"
            ),
        ),
    ),
    # One tutorial changes what another has read
    Case(
        name="input_changed_by_another",
        code='show(open("@OUTSIDE/CASE.csv").read())',
        files={"@OUTSIDE/CASE.csv": "one"},
        others={"z_CASE": 'open("@OUTSIDE/CASE.csv", "w").write("three")\nshow("one")'},
        first="three",
        project="input_of_another",
    ),
    Case(
        name="input_changed_by_another_later",
        code='show(open("@OUTSIDE/CASE.csv").read())',
        files={"@OUTSIDE/CASE.csv": "one"},
        others={
            "z_CASE": 'word = "one of CASE".split()[0]\n'
            'open("@OUTSIDE/CASE.csv", "w").write(word)\nshow(word)'
        },
        project="input_of_another_restored",
        steps=(
            Step(
                edit=replace("docs/tutorials/z_CASE.py", '"one of', '"three of'),
                again=True,
                shows="three",
            ),
        ),
    ),
    Case(
        name="input_changed_while_another_executes",
        code='show(open("CASE/data.csv").read())',
        files={DATA: "one"},
        others={"z_CASE": 'tell("0")\nshow("one")'},
        project="input_of_another_restored",
        steps=(Step(edit=_when_it_tells("1", write(DATA, "three")), again=True, shows="three"),),
        debatable="restored, and edited by somebody before the build ends: in this build or later",
    ),
    # A page without output
    Case(
        name="without_output_between",
        code='show("one")',
        project="without_output",
        steps=(
            Step(edit=nothing, again=False, shows="", options=("-D", "docent_execute=none")),
            Step(edit=nothing, again=False, shows="one"),
        ),
    ),
    Case(
        name="without_output_after_an_edit",
        code='word = "two of CASE"\nshow(word.split()[0])',
        first="two",
        project="without_output",
        steps=(
            Step(
                edit=replace(_SOURCE, '"two of', '"three of'),
                again=False,
                shows="",
                options=("-D", "docent_execute=none"),
            ),
            Step(edit=nothing, again=True, shows="three"),
        ),
    ),
]

"""Edited while executing: shown, but not kept.

A tutorial says ``tell("word")`` and waits until the edit of that word is made. The build after
the first one edits nothing, and must execute it again.
"""

from typing import Any

from ..harness.edits import (
    OLD,
    each,
    install,
    library,
    make_folder,
    mode,
    move_in,
    remove,
    rename,
    replace,
    symlink,
    touch,
    write,
    write_as_before,
)
from ..harness.model import DATA, Case, Edit, Step, nothing
from ..harness.site import Site

CLAUSE = "while executing"

_SAY = """
def say(case, word):
    return f"\\n\\n{case} value: [{word}]\\n\\n"
"""
PROJECTS = {
    "executing": {"still": False},
    "queued_first": {"still": False, "conf": "docent_jobs = 1\n"},
    "queued_last": {"still": False, "conf": "docent_jobs = 1\n"},
    "conf_edited": {"still": False, "conf": _SAY},
    "input_of_another": {"conf": "docent_jobs = 1\n"},
    "input_of_another_restored": {"conf": "docent_jobs = 1\n"},
    "without_output": {"in_turn": True},
}

_CONF = "docs/conf.py"
_SOURCE = "docs/tutorials/CASE.py"
_NEW = "docs/tutorials/CASE/new.csv"


def _shown(
    name: str,
    code: str,
    edit: Edit,
    *more: Step,
    then: str = "three",
    before: Edit = nothing,
    again: bool | None = True,
    **fields: Any,
) -> Case:
    """A case that is edited in its first build, and executed again in the second.

    :param before: an edit before the tutorial reads.
    :param more: steps after that.
    """
    return Case(
        name=name,
        code=code,
        during={"before": before, "read": edit},
        steps=(Step(edit=nothing, again=again, shows=then), *more),
        **{"files": {DATA: "one"}, "project": "executing", **fields},
    )


def _kept(name: str, code: str, edit: Edit, **fields: Any) -> Case:
    """A case whose edit does not concern it."""
    return Case(
        name=name,
        code=code,
        during={"read": edit},
        steps=(Step(edit=nothing, again=False, shows="one"),),
        **{"files": {DATA: "one"}, "project": "executing", **fields},
    )


_READ = """
        word = open("CASE/data.csv").read()
        tell("read")
        show(word)
        """
_LIST = """
        import os
        names = sorted(os.listdir("CASE"))
        tell("read")
        show(*names)
        """
_MODULE = {"lib/CASE_module.py": 'word = "one"\n'}
_IMPORT = 'import CASE_module\ntell("read")\nshow(CASE_module.word)'
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
    _shown("executing_edited", _READ, write(DATA, "three")),
    _shown(
        "executing_edited_before_it_is_read",
        """
        tell("read")
        show(open("CASE/data.csv").read())
        """,
        write(DATA, "three"),
        first="one|three",
        again=None,
    ),
    _shown("executing_same_size", _READ, write(DATA, "six"), then="six"),
    _shown("executing_same_size_and_time", _READ, write_as_before(DATA, "six"), then="six"),
    _shown("executing_old_time", _READ, each(write(DATA, "three"), touch(DATA, OLD))),
    _shown("executing_moved_in", _READ, move_in(DATA, "three")),
    _shown(
        "executing_moved_in_same_size_and_time",
        _READ,
        move_in(DATA, "six"),
        setup=touch(DATA, OLD),
        then="six",
    ),
    _shown(
        "executing_removed",
        """
        try:
            word = open("CASE/data.csv").read()
        except FileNotFoundError:
            word = "three"
        tell("read")
        show(word)
        """,
        remove(DATA),
    ),
    _shown(
        "executing_edited_and_put_back",
        """
        tell("before")
        word = open("CASE/data.csv").read()
        tell("read")
        show(word)
        """,
        write_as_before(DATA, "one"),
        before=write_as_before(DATA, "two"),
        first="one|two",
        then="one",
        again=None,
    ),
    _shown(
        "executing_folder_swapped",
        """
        word = open("CASE/in/data.csv").read()
        tell("read")
        show(word)
        """,
        each(
            rename("docs/tutorials/CASE/in", "docs/tutorials/CASE/old"),
            rename("docs/tutorials/CASE/new", "docs/tutorials/CASE/in"),
        ),
        files={
            "docs/tutorials/CASE/in/data.csv": "one",
            "docs/tutorials/CASE/new/data.csv": "three",
        },
    ),
    _shown(
        "executing_link_retargeted",
        """
        word = open("CASE/link").read()
        tell("read")
        show(word)
        """,
        symlink("docs/tutorials/CASE/link", "new.csv"),
        files={DATA: "one", _NEW: "three"},
        setup=symlink("docs/tutorials/CASE/link", "data.csv"),
    ),
    _shown(
        "executing_link_to_a_folder_retargeted",
        """
        word = open("CASE/link/data.csv").read()
        tell("read")
        show(word)
        """,
        symlink("docs/tutorials/CASE/link", "new"),
        files={
            "docs/tutorials/CASE/old/data.csv": "one",
            "docs/tutorials/CASE/new/data.csv": "three",
        },
        setup=symlink("docs/tutorials/CASE/link", "old"),
    ),
    _shown(
        "executing_module_edited",
        _IMPORT,
        write("lib/CASE_module.py", 'word = "three"\n'),
        files=_MODULE,
    ),
    _shown(
        "executing_module_moved_in",
        _IMPORT,
        move_in("lib/CASE_module.py", 'word = "three"\n'),
        files=_MODULE,
    ),
    _shown(
        "executing_module_same_size_and_time",
        _IMPORT,
        write_as_before("lib/CASE_module.py", 'word = "six"\n'),
        files=_MODULE,
        then="six",
    ),
    _shown(
        "executing_data_above",
        """
        word = open("../../data/CASE.csv").read()
        tell("read")
        show(word)
        """,
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
    ),
    _shown(
        "executing_read_by_a_child",
        """
        import subprocess
        word = subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout
        tell("read")
        show(word)
        """,
        move_in(DATA, "three"),
    ),
    _shown(
        "executing_read_by_c_code",
        """
        import ctypes
        libc = ctypes.CDLL(None)
        text = ctypes.create_string_buffer(10)
        libc.read(libc.open(b"CASE/data.csv", 0), text, 9)
        tell("read")
        show(text.value.decode())
        """,
        move_in(DATA, "three"),
    ),
    _shown(
        "executing_library_replaced",
        """
        import ctypes
        loaded = ctypes.CDLL("@ROOT/lib/CASE.so")
        loaded.word.restype = ctypes.c_char_p
        tell("read")
        show(loaded.word().decode())
        """,
        library("lib/CASE.so", "three"),
        setup=library("lib/CASE.so", "one"),
    ),
    _shown(
        "executing_listed_gains", _LIST, write(_NEW, ""), first="data.csv", then="data.csv new.csv"
    ),
    _shown(
        "executing_listed_loses",
        _LIST,
        remove(_NEW),
        first="data.csv new.csv",
        then="data.csv",
        files={DATA: "", _NEW: ""},
    ),
    _shown("executing_listed_renames", _LIST, rename(DATA, _NEW), first="data.csv", then="new.csv"),
    _shown(
        "executing_listed_old_time",
        _LIST,
        each(write(_NEW, ""), touch("docs/tutorials/CASE", OLD)),
        first="data.csv",
        then="data.csv new.csv",
    ),
    _shown(
        "executing_missing_appears",
        """
        import os
        found = os.path.exists("CASE/new.csv")
        tell("read")
        show("three" if found else "one")
        """,
        write(_NEW, ""),
    ),
    _shown(
        "executing_missing_appears_moved",
        """
        try:
            word = open("CASE/new.csv").read()
        except FileNotFoundError:
            word = "one"
        tell("read")
        show(word)
        """,
        move_in(_NEW, "three"),
    ),
    _shown(
        "executing_mode_changes",
        """
        import os
        found = os.access("CASE/data.csv", os.X_OK)
        tell("read")
        show("three" if found else "one")
        """,
        mode(DATA, 0o755),
    ),
    _shown(
        "executing_outside_edited",
        """
        word = open("@OUTSIDE/CASE.csv").read()
        tell("read")
        show(word)
        """,
        write("@OUTSIDE/CASE.csv", "three"),
        files={"@OUTSIDE/CASE.csv": "one"},
    ),
    _shown(
        "executing_distribution_upgraded",
        """
        import edits_CASE
        tell("read")
        show(edits_CASE.word)
        """,
        install("edits_CASE", "2.0", {"edits_CASE.py": 'word = "three"\n'}),
        setup=install("edits_CASE", "1.0", {"edits_CASE.py": 'word = "one"\n'}),
    ),
    _shown(
        "executing_declared_edited",
        """
        word = open("CASE/data.csv").read()
        tell("read")
        show(word)
        """,
        move_in(DATA, "three"),
        comments='# sphinx_gallery_inputs = ["CASE/*.csv"]',
    ),
    # The tutorial itself
    _shown(
        "executing_source_edited",
        _OWN,
        replace(_SOURCE, '"one of', '"three of'),
        _back('"three of', '"one of'),
        first="one|three",
        again=None,
    ),
    _shown(
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
    _shown(
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
    _shown(
        "executing_source_waits",
        'word = "one of CASE"\nshow(word.split()[0])',
        replace(_SOURCE, '"one of', '"three of'),
        _back('"three of', '"one of'),
        first="one|three",
        project="queued_first",
        others={"A_CASE": 'tell("read")\nshow("one")'},
        again=None,
    ),
    _shown(
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
    _kept("executing_beside", _READ, write(_NEW, "three")),
    _kept("executing_module_beside", _IMPORT, write("lib/CASE_other.py", ""), files=_MODULE),
    _kept(
        "executing_list_below",
        """
        import os
        names = os.listdir("CASE")
        tell("read")
        show("one" if names else "")
        """,
        write(DATA, "three"),
    ),
    _kept(
        "executing_exists_edited",
        """
        import os
        found = os.path.exists("CASE/data.csv")
        tell("read")
        show("one" if found else "")
        """,
        write(DATA, "three"),
    ),
    _kept(
        "executing_page_edited",
        _READ,
        write("docs/index.rst", "Site\n====\n\n.. toctree::\n\n   gallery/index\n\nMore.\n"),
    ),
    _kept("executing_folder_made", _READ, make_folder("docs/tutorials/CASE/deep")),
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

"""Cases that are edited while they execute.

A tutorial says ``tell("word")`` and waits until the edit of that word is made. The build after
the first one edits nothing, and must execute it again.
"""

from typing import Any

from ..harness.model import DATA, Case, Edit, Step, nothing

NEW = "docs/tutorials/CASE/new.csv"


def shown(
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


def kept(name: str, code: str, edit: Edit, **fields: Any) -> Case:
    """A case whose edit does not concern it."""
    return Case(
        name=name,
        code=code,
        during={"read": edit},
        steps=(Step(edit=nothing, again=False, shows="one"),),
        **{"files": {DATA: "one"}, "project": "executing", **fields},
    )


READ = """
        word = open("CASE/data.csv").read()
        tell("read")
        show(word)
        """
MODULE = {"lib/CASE_module.py": 'word = "one"\n'}
IMPORT = 'import CASE_module\ntell("read")\nshow(CASE_module.word)'

"""What a worker tells names the folders of the build, wherever the worker's own are."""

from __future__ import annotations

from pathlib import Path

from sphinx_docent.cluster.path_translation import PathTranslation, translation_to
from sphinx_docent.machine.interpreter import installation_folders


def test_folders_are_replaced_wherever_they_stand() -> None:
    translation = PathTranslation((("/w/tree", "/project"), ("/w", "/elsewhere")))
    assert translation.text("File '/w/tree/a.py' of /w") == "File '/project/a.py' of /elsewhere"
    assert translation.content(b"\0/w/tree/a") == b"\0/project/a"
    assert translation.data({"files": ["/w/tree/a", 3, None]}) == {"files": ["/project/a", 3, None]}


def test_the_repository_and_python_have_their_places() -> None:
    here = installation_folders()
    there = {name: f"/there/{name}" for name in here}
    translation = translation_to("/project", there, Path("/w/tree"))
    assert translation.text("/w/tree/docs") == "/project/docs"
    assert dict(translation.pairs).keys() == {"/w/tree", *here.values()}

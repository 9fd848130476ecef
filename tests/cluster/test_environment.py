"""What a worker's environment differs in is named."""

from __future__ import annotations

from pathlib import Path

from sphinx_docent.cluster.environment import difference, installed, own_environment


def test_distributions_are_read_from_folder_names(tmp_path: Path) -> None:
    for name in ("Some_Thing-1.2.dist-info", "old-0.1-py3.11.egg-info", "pip-1.dist-info", "x.py"):
        (tmp_path / name).mkdir()
    assert installed([str(tmp_path), "/nowhere"]) == {"some-thing": "1.2", "old": "0.1"}
    assert {"python", "platform", "sphinx", "sphinx-gallery"} <= own_environment().keys()


def test_a_difference_is_named() -> None:
    ours = {"python": "3.11.1", "torch": "2.0"}
    assert difference(ours, dict(ours)) is None
    assert difference(ours, {"python": "3.12.0"}) == "its python is 3.12.0, here it is 3.11.1"
    assert difference(ours, {"python": "3.11.1"}) == "its torch is missing, here it is 2.0"

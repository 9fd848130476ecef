"""How the cases of installed distributions are written.

Every case has distributions of its own, ``edits_CASE``, in a real ``site-packages``.
"""

from collections.abc import Mapping
from typing import Any

from ..harness.installing import install

CODE = "import edits_CASE\nshow(edits_CASE.word)"
FILE = "edits_CASE/__init__.py"
ONE = {FILE: 'word = "one"\n'}
THREE = {FILE: 'word = "three"\n'}
PARTS = {FILE: "", "edits_CASE/part.py": 'word = "one"\n', "edits_CASE/other.py": "x = 1\n"}
PARTS_OTHER = {**PARTS, "edits_CASE/other.py": "x = 3\n"}
PART_CODE = "from edits_CASE.part import word\nshow(word)"


def two(
    first: str,
    then: str,
    url: Mapping[str, object] | None = None,
    url_then: Mapping[str, object] | None = None,
    *,
    one: Mapping[str, str] = ONE,
    three: Mapping[str, str] = THREE,
) -> dict[str, Any]:
    """Installed once in one version and then in another."""
    return {
        "setup": install("edits_CASE", first, one, direct_url=url),
        "edit": install("edits_CASE", then, three, direct_url=url_then or url),
    }

"""Settings that only shape the page generate it anew, and execute nothing."""

from __future__ import annotations

import re
import shutil

import pytest
from PIL import Image
from tests.helpers.sites import ALL, Site

DRAWS = """
import matplotlib.pyplot as plt

plt.plot([1, 3])
print("two lines\\n\\n.. code-block:: python")
plt.show()

# %%
# Text with code:
#
# .. code-block:: python
#
#    1 + 1
#
# And more.

[1, 2, 3]
"""
BINDER = (
    '{"org": "o", "repo": "r", "branch": "b", "binderhub_url": "https://mybinder.org", '
    '"dependencies": "requirements.txt"}'
)
SETTINGS = {
    "show_signature": "True",
    "binder": BINDER,
    "first_notebook_cell": "'# the first cell'",
    "line_numbers": "True",
    "thumbnail_size": "(200, 100)",
    "remove_config_comments": "True",
    "default_thumb_file": "str(__import__('pathlib').Path(__file__).with_name('card.png'))",
}


def pages(site: Site) -> dict[str, bytes | str]:
    """What sphinx-gallery made, without the times."""
    found: dict[str, bytes | str] = {}
    for path in sorted((site.docs / "gallery").rglob("*")):
        if path.suffix in (".rst", ".ipynb"):
            text = path.read_text(encoding="utf-8")
            found[path.name] = re.sub(r"\( *\d+ minutes.*seconds\)", "TIME", text)
        elif path.suffix in (".png", ".py", ".svg"):
            found[path.name] = path.read_bytes()
    return found


@pytest.mark.parametrize("name", SETTINGS)
def test_the_page_is_as_if_it_were_executed_anew(site: Site, name: str) -> None:
    site.with_matplotlib()
    site.write("docs/requirements.txt", "")
    Image.new("RGB", (9, 9)).save(site.docs / "card.png")
    site.tutorial("draws", DRAWS, comments="# sphinx_gallery_line_numbers = False")
    site.tutorial("quiet")
    site.write("docs/tutorials/one_block.py", '"""\nOne block\n=========\n"""\nprint("given")\n')
    site.tutorial("fails", "1 / 0")
    site.configure('sphinx_gallery_conf["expected_failing_examples"] = ["tutorials/fails.py"]\n')
    first = site.build(*ALL)
    assert first.code == 0, first.output
    site.configure(f'sphinx_gallery_conf["{name}"] = {SETTINGS[name]}\n')
    anew = site.build(*ALL)
    assert (anew.code, anew.runs) == (0, []), anew.output
    assert set(anew.actions.values()) == {"restore"}
    got = pages(site)
    again = site.build(*ALL)
    assert (again.runs, pages(site)) == ([], got)
    shutil.rmtree(site.docs / "_build")
    shutil.rmtree(site.docs / "gallery")
    executed = site.build(*ALL)
    assert executed.runs == first.runs
    expected = pages(site)
    assert [key for key in expected if expected[key] != got.get(key)] == []
    assert set(got) == set(expected)

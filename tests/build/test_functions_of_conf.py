"""Functions of ``conf.py`` that are called around a tutorial find what they find without us."""

from __future__ import annotations

import pytest
from tests.helpers.sites import ALL, Site

# As TVM's documentation has them: a path that is relative to where the build was started.
CONF = """
import os
from pathlib import Path

HERE = Path(".")


def hook(gallery_conf, fname):
    code = (HERE.resolve() / "hooks" / "hook.py").read_text()
    exec(code, {})
    (Path(gallery_conf["src_dir"]) / "hooks" / "hook.py").read_text()


# It is called where the tutorial is, and so is its code.
def scraper(block, block_vars, gallery_conf):
    assert Path("data.txt").read_text() == "found"
    return ""


sphinx_gallery_conf["reset_modules"] = (hook,)
sphinx_gallery_conf["image_scrapers"] = (scraper,)
sphinx_gallery_conf["reset_modules_order"] = "both"
"""


@pytest.mark.parametrize("isolation", ["auto", "copy"])
def test_relative_paths_lead_where_they_lead_for_the_build(site: Site, isolation: str) -> None:
    site.write("docs/hooks/hook.py", "import os\n\nos.environ['HOOKED'] = 'yes'\n")
    site.write("docs/tutorials/data.txt", "found")
    site.configure(CONF)
    site.tutorial(
        "one",
        """
        print("hooked:", os.environ["HOOKED"])
        print("data:", open("data.txt").read())

        # %%
        # Another block.

        print("again:", open("data.txt").read())
        """,
    )
    build = site.build("-D", f"docent_isolation={isolation}", *ALL, cwd=site.docs)
    assert build.code == 0, build.output
    for words in ("hooked: yes", "data: found", "again: found"):
        assert words in build.text("gallery/one")
    assert site.build(*ALL, cwd=site.docs).runs == []
    site.write("docs/hooks/hook.py", "import os\n\nos.environ['HOOKED'] = 'later'\n")
    changed = site.build(*ALL, cwd=site.docs)
    assert changed.runs == ["one"]
    assert changed.tutorial("one")["reason"] == "`docs/hooks/hook.py` changed"

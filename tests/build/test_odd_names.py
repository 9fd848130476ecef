"""A tutorial may have any name that a page can have."""

from __future__ import annotations

import json
import stat
import zipfile

from tests.helpers.sites import ALL, NONE, Site

NAMES = (
    "back\\slash",
    "single'quote",
    "per%cent %(name)s",
    "{x}",
    "{",
    "${HOME}{0}",
    "-leading",
    "[square]",
    "日本語",
)

DRAWS = """\
import matplotlib.pyplot as plt

fig, ax = plt.subplots()
ax.plot([1, 2])
plt.show()
"""


def test_odd_names_are_built_kept_and_restored(site: Site) -> None:
    for name in NAMES:
        site.tutorial(name, code="x = f'{1}{{x}}'")
    first, second = site.build(*ALL), site.build(*ALL)
    for build in (first, second):
        assert build.code == 0, build.output
        assert not [found for found in build.found if "docent" in found[2]]
        for name in NAMES:
            assert f"output of {name}" in build.text(f"gallery/{name}"), name
            assert f"Title of {name}" in build.text("gallery/index")
        found = {path.name for path in build.out.glob("_downloads/*/*")}
        # A backslash is lost in the reST in which sphinx-gallery names the files.
        whole = [name for name in NAMES if "\\" not in name]
        assert found >= {f"{name}{kind}" for name in whole for kind in (".py", ".ipynb", ".zip")}
    assert len(first.runs) >= len(NAMES)
    assert second.runs == []
    assert set(second.actions.values()) == {"restore"}
    unexecuted = site.build(*NONE, out="other")
    assert unexecuted.code == 0, unexecuted.output
    for name in NAMES:
        assert f"output of {name}" not in unexecuted.text(f"gallery/{name}")


def test_braces_are_in_pictures_archives_and_messages(site: Site) -> None:
    site.with_matplotlib()
    site.tutorial("{x}", DRAWS)
    broken = site.tutorial("fails{0}", "raise ValueError('what happened')")
    build = site.build(*ALL)
    assert build.places == [f"{broken}:{site.line(broken, 'raise')}"]
    assert build.tutorial("fails{0}")["failure"]["message"] == "ValueError: what happened"
    gallery = site.docs / "gallery"
    assert (gallery / "images/sphx_glr_{x}_001.png").is_file()
    assert (gallery / "images/thumb/sphx_glr_{x}_thumb.png").is_file()
    assert zipfile.ZipFile(gallery / "{x}.zip").namelist() == ["{x}.py", "{x}.ipynb"]
    assert not [path for path in gallery.rglob("*") if "{{" in path.name]
    notebook = next(build.out.glob("_downloads/*/{x}.ipynb"))
    assert json.loads(notebook.read_bytes())["cells"]
    assert sorted(path.name for path in (site.docs / "tutorials").glob("*.py")) == [
        "fails{0}.py",
        "{x}.py",
    ]


def test_what_a_tutorial_leaves_can_be_read_and_replaced(site: Site) -> None:
    site.with_matplotlib()
    site.tutorial("masked", f"import os\nos.umask(0o777)\n{DRAWS}")
    site.tutorial("other", DRAWS)
    for _ in range(2):
        build = site.build(*ALL)
        assert build.code == 0, build.output
        for path in (site.docs / "gallery").rglob("*"):
            mode = stat.S_IMODE(path.stat().st_mode)
            wanted = 0o755 if path.is_dir() else 0o644
            assert mode & wanted == wanted, (path, oct(mode))
    assert build.actions == {"masked": "restore", "other": "restore"}


def test_a_raised_half_of_a_character_is_told(site: Site) -> None:
    path = site.tutorial("half", r"raise ValueError('lone \udcff surrogate \x1b[31m')")
    site.tutorial("other")
    build = site.build(*ALL)
    assert build.places == [f"{path}:{site.line(path, 'raise')}"]
    message = build.tutorial("half")["failure"]["message"]
    assert message == r"ValueError: lone \udcff surrogate \x1b[31m"
    assert build.is_executed("other")
    assert "\x1b" not in build.output

"""The badges of Binder and JupyterLite are there however the page came to be."""

from __future__ import annotations

import importlib.util
import shutil

from tests.helpers.sites import ALL, NONE, Site

BINDER = """
sphinx_gallery_conf["binder"] = {
    "org": "owner",
    "repo": "site",
    "branch": "main",
    "binderhub_url": "https://mybinder.org",
    "dependencies": "requirements.txt",
}
"""


def test_binder(site: Site) -> None:
    site.write("docs/requirements.txt", "numpy\n")
    site.configure(BINDER)
    site.tutorial("one")
    site.write("docs/tutorials/sub/GALLERY_HEADER.rst", "Sub\n===\n")
    site.tutorial("sub/two")
    executed = site.build("-W", *ALL)
    assert executed.code == 0, executed.output
    logo = (executed.out / "_images/binder_badge_logo.svg").read_bytes()
    for options in (ALL, NONE):
        shutil.rmtree(site.docs / "gallery")
        shutil.rmtree(site.docs / "_build/html")
        again = site.build("-W", *options)
        assert (again.code, again.runs) == (0, []), again.output
        assert (again.out / "_images/binder_badge_logo.svg").read_bytes() == logo
        for folder in ("gallery", "gallery/sub"):
            assert (site.docs / folder / "images/binder_badge_logo.svg").read_bytes() == logo


def test_jupyterlite(site: Site) -> None:
    if importlib.util.find_spec("jupyterlite_sphinx") is None:
        # sphinx-gallery asks for no more than the extension's name.
        site.write(
            "docs/jupyterlite_sphinx.py",
            """
            def setup(app):
                app.add_config_value("jupyterlite_contents", None, "")
                app.add_config_value("jupyterlite_bind_ipynb_suffix", True, "")
                return {"parallel_read_safe": True}
            """,
        )
        site.configure(
            "import sys\nsys.path.insert(0, str(__import__('pathlib').Path(__file__).parent))\n"
        )
    site.replace("docs/conf.py", '"sphinx_docent"]', '"sphinx_docent", "jupyterlite_sphinx"]')
    site.configure('sphinx_gallery_conf["jupyterlite"] = {"use_jupyter_lab": True}\n')
    site.tutorial("one")
    for _ in range(2):
        build = site.build("-W", *ALL)
        assert build.code == 0, build.output
        assert (build.out / "_images/jupyterlite_badge_logo.svg").is_file()
        assert "lite/lab/index.html?path=" in build.html("gallery/one")
        shutil.rmtree(site.docs / "gallery")
        shutil.rmtree(site.docs / "_build/html")
    assert build.runs == []

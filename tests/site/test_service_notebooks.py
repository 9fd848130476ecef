"""Every button leads to the same notebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.helpers.sites import NONE, Build, Site

pytestmark = pytest.mark.site

BINDER = """
sphinx_gallery_conf["binder"] = {
    "org": "owner", "repo": "name", "branch": "main", "use_jupyter_lab": True,
    "binderhub_url": "https://hub.example", "dependencies": "requirements.txt",
}
docent_colab = {"repository": "owner/site"}
"""

# All of the extension that sphinx-gallery asks for, and when it reads the contents.
JUPYTERLITE = """
from pathlib import Path


def build_lite(app, exception):
    for folder in app.config.jupyterlite_contents:
        for file in Path(folder).rglob("*.ipynb"):
            copy = Path(app.outdir, "lite", "files", file.relative_to(folder))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())


def setup(app):
    app.add_config_value("jupyterlite_contents", None, "html")
    app.add_config_value("jupyterlite_bind_ipynb_suffix", True, "html")
    app.connect("build-finished", build_lite)
"""

MODIFY = """
def modify(content, file):
    content["cells"].insert(0, {"cell_type": "markdown", "metadata": {}, "source": "In a browser."})

sphinx_gallery_conf["jupyterlite"]["notebook_modification_function"] = modify
"""


def lite_site(site: Site, extensions: str) -> None:
    site.write("docs/jupyterlite_sphinx.py", JUPYTERLITE)
    site.replace(
        "docs/conf.py",
        "extensions =",
        "import os, sys\nsys.path.insert(0, os.path.abspath('.'))\nextensions =",
    )
    site.replace("docs/conf.py", '["sphinx_gallery.gen_gallery", "sphinx_docent"]', extensions)
    site.configure('sphinx_gallery_conf["jupyterlite"] = {}\n' + BINDER)
    site.write("docs/requirements.txt", "")
    site.tutorial("one", text="A ``literal``, and :math:`x`.")
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    site.tutorial("sub/two")


def all_of(build: Build, name: str) -> dict[str, bytes]:
    """The notebook of a page behind each button."""
    stem = Path(name).name
    (download,) = build.out.glob(f"_downloads/*/{stem}.ipynb")
    return {
        "download": download.read_bytes(),
        "colab": (build.out / f"_notebooks/gallery/{name}.ipynb").read_bytes(),
        "binder": (build.out / f"notebooks/gallery/{name}.ipynb").read_bytes(),
        "lite": (build.out / f"lite/files/gallery/{name}.ipynb").read_bytes(),
    }


@pytest.mark.parametrize(
    "extensions",
    [
        '["sphinx_gallery.gen_gallery", "sphinx_docent", "jupyterlite_sphinx"]',
        '["sphinx_gallery.gen_gallery", "jupyterlite_sphinx", "sphinx_docent"]',
    ],
)
def test_all_buttons_lead_to_the_same_notebook(site: Site, extensions: str) -> None:
    lite_site(site, extensions)
    for _ in range(2):
        build = site.build("-W", *NONE)
        assert build.code == 0, build.output
        for name in ("one", "sub/two"):
            found = all_of(build, name)
            contents = [json.loads(data) for data in found.values()]
            assert all(content == contents[0] for content in contents)
            assert "nbformat_minor" in contents[0]
            last = len(found) if extensions.endswith('"jupyterlite_sphinx"]') else 3
            assert len(set(list(found.values())[:last])) == 1


def test_what_the_projects_function_changes_is_that_notebook(site: Site) -> None:
    lite_site(site, '["sphinx_gallery.gen_gallery", "sphinx_docent", "jupyterlite_sphinx"]')
    site.configure(MODIFY)
    build = site.build(*NONE)
    assert build.code == 0, build.output
    found = all_of(build, "one")
    content = json.loads(found["lite"])
    assert content["cells"].pop(0)["source"] == "In a browser."
    assert content == json.loads(found["download"])
    assert found["binder"] == found["download"]

"""The notebooks that a site offers: each is current, whole, and the same wherever it is offered."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.helpers.notebooks import PIXEL, cells, notebook
from tests.helpers.sites import NONE, Site


def test_archives_of_all_examples_hold_our_notebooks(site: Site) -> None:
    site.replace("docs/conf.py", '"download_all_examples": False', '"download_all_examples": True')
    site.tutorial("uses", text=".. code-block:: bash\n\n   %%shell\n   pip install first")
    site.tutorial("plain")
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    site.tutorial("sub/below", text=".. code-block:: bash\n\n   %%shell\n   pip install below")
    build = site.build("-W", *NONE)
    assert build.code == 0, build.output
    (archive,) = build.out.glob("_downloads/*/gallery_jupyter.zip")
    with zipfile.ZipFile(archive) as opened:
        kept = {Path(name).name: cells(opened.read(name)) for name in opened.namelist()}
    assert set(kept) == {"uses.ipynb", "plain.ipynb", "below.ipynb"}
    assert ("code", "%%shell\npip install first") in kept["uses.ipynb"]
    assert ("code", "%%shell\npip install below") in kept["below.ipynb"]
    assert not (build.out / "_notebooks").exists()


def test_an_unchanged_page_keeps_its_notebook_and_an_edited_one_gets_a_new_one(
    site: Site,
) -> None:
    site.configure('docent_colab = {"repository": "owner/name"}\n')
    for name in ("uses", "other"):
        site.tutorial(name, text=".. code-block:: bash\n\n   %%shell\n   pip install first")
    first = site.build(*NONE)
    notebook = first.out / "_notebooks/gallery/uses.ipynb"
    before = notebook.read_bytes()
    site.replace("docs/tutorials/other.py", "pip install first", "pip install second")
    site.build(*NONE)
    assert notebook.read_bytes() == before
    other = cells(first.out / "_notebooks/gallery/other.ipynb")
    assert ("code", "%%shell\npip install second") in other
    (download,) = first.out.glob("_downloads/*/other.ipynb")
    assert ("code", "%%shell\npip install second") in cells(download)


def test_a_notebook_holds_the_images_of_its_text(site: Site) -> None:
    site.configure('docent_colab = {"repository": "owner/name"}\n')
    site.write("docs/picture.png", "")
    (site.docs / "picture.png").write_bytes(PIXEL)
    site.tutorial("shows", text=".. image:: /picture.png\n   :alt: A pixel")
    build = site.build("-W", *NONE)
    assert build.code == 0, build.output
    found = cells(build.out / "_notebooks/gallery/shows.ipynb")
    text = "\n".join(source for kind, source in found if kind == "markdown")
    assert "![A pixel](data:image/png;base64," in text


def test_notebooks_begin_with_it(site: Site) -> None:
    site.configure('docent_install = {"*": "first==1"}\n')
    site.tutorial("plain")
    site.tutorial("needs_gpu", comments='# sphinx_gallery_requires = ["cuda", "torch"]')
    build = site.build("-W", *NONE)
    assert build.code == 0, build.output

    plain = notebook(build, "plain")
    assert plain["cells"][0]["source"] == "%pip install first==1"
    assert plain["cells"][2]["source"].startswith("# Title of plain")
    assert set(plain["metadata"]) == {"kernelspec", "language_info"}

    needs_gpu = notebook(build, "needs_gpu")
    first, _, says, checks, title = needs_gpu["cells"][:5]
    assert first["source"] == "%pip install first==1 torch"
    assert (says["cell_type"], checks["cell_type"]) == ("markdown", "code")
    assert "needs a GPU" in says["source"]
    assert "nvidia-smi" in checks["source"]
    assert title["source"].startswith("# Title")
    assert needs_gpu["metadata"]["accelerator"] == "GPU"
    assert needs_gpu["metadata"]["colab"] == {"gpuType": "T4"}
    assert needs_gpu["metadata"]["kernelspec"]["name"] == "python3"

    site.replace("docs/conf.py", "first==1", "first==2")
    again = notebook(site.build("-W", *NONE), "plain")
    assert again["cells"][0]["source"] == "%pip install first==2"


def test_without_a_setting_nothing_is_put_before_a_plain_tutorial(site: Site) -> None:
    site.configure('sphinx_gallery_conf["first_notebook_cell"] = "%matplotlib inline"\n')
    site.configure('sphinx_gallery_conf["last_notebook_cell"] = "# The end."\n')
    site.tutorial("plain")
    cells = notebook(site.build("-W", *NONE), "plain")["cells"]
    assert cells[0]["source"] == "%matplotlib inline"
    assert cells[1]["source"].startswith("# Title of plain")
    assert cells[-1]["source"] == "# The end."


def test_a_wrong_setting_ends_the_build(site: Site) -> None:
    site.tutorial("plain")
    site.configure('docent_install = {"*": "a=1"}\n')
    build = site.build()
    assert build.code == 2
    assert "error: docent_install['*']: pip cannot install 'a=1'" in build.output

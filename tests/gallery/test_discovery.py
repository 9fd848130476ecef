"""Tutorials are found wherever a project keeps its galleries."""

from __future__ import annotations

from tests.helpers.sites import Site


def test_tutorials_outside_the_source_folder(site: Site) -> None:
    (site.docs / "tutorials").rename(site.root / "examples")
    (site.root / ".git").rmdir()
    site.replace("docs/conf.py", '["tutorials"]', '["../examples"]')
    site.write("examples/one.py", '"""\nTitle\n=====\n\n:ref:`broken`\n"""\nprint("ran")\n')
    build = site.build("-D", "docent_execute=^/examples/one")
    assert build.code == 0, build.output
    assert build.actions == {"one": "execute"}
    assert build.places == ["examples/one.py:5"]


def test_one_name_in_two_galleries(site: Site) -> None:
    site.replace("docs/conf.py", '["tutorials"]', '["tutorials/a", "tutorials/b"]')
    site.replace("docs/conf.py", '["gallery"]', '["gallery/a", "gallery/b"]')
    site.write("docs/index.rst", "Site\n====\n\n.. toctree::\n   :glob:\n\n   gallery/*/index\n")
    for folder in ("a", "b"):
        site.write(f"docs/tutorials/{folder}/README.txt", "Gallery\n=======\n")
        site.tutorial(f"{folder}/same", f"print('in', '{folder}')")
    build = site.build("-D", "docent_execute=/b/")
    assert build.code == 0, build.output
    assert {found[2] for found in build.found} <= {"sphinx_gallery.duplicate_filename"}
    assert "in b" in build.text("gallery/b/same")
    assert "in a" not in build.text("gallery/a/same")


def test_a_script_that_cannot_be_taken_does_not_hide_its_namesake(site: Site) -> None:
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    site.write("docs/tutorials/same.py", "print('no title')\n")
    site.tutorial("sub/same")
    site.build("-D", "docent_execute=none")
    assert (site.docs / "gallery/sub/same.rst").is_file()

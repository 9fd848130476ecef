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


def test_a_script_that_cannot_be_taken_does_not_hide_its_namesakes(site: Site) -> None:
    for folder in ("a", "b", "c"):
        site.write(f"docs/tutorials/{folder}/README.txt", f"Part {folder}\n======\n")
        site.tutorial(f"{folder}/same")
        site.tutorial(f"{folder}/other_{folder}")
    site.tutorial("same")
    site.write("docs/tutorials/b/same.py", "print('no title')\n")
    site.write("docs/tutorials/c/other_c.py", '"""\nC\n=\n"""\na = = 5\n')
    site.configure('subsection_order = ["tutorials/c", "tutorials/a"]\n')
    site.configure('within_subsection_order = {"tutorials/a": ["same.py", "other_a.py"]}\n')
    expected = [("docs/tutorials/b/same.py", 1), ("docs/tutorials/c/other_c.py", 5)]
    for build in (site.precheck(), site.build("-D", "docent_execute=none")):
        assert build.code == 1
        told = [found[:2] for found in build.found if "docent" in found[2]]
        assert told == expected, build.output
        assert not [found for found in build.found if "toctree" in found[3]]
    shown = build.html("gallery/index")
    places = ["same", "c/same", "a/same", "a/other_a", "b/other_b"]
    positions = [shown.index(f'href="{place}.html') for place in places]
    assert positions == sorted(positions)
    assert 'href="b/same.html' not in shown
    assert not (build.out / "gallery/b/same.html").exists()
    assert all((build.out / f"gallery/{place}.html").is_file() for place in places)

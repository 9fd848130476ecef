"""``docent_requires`` says from outside what tutorials need."""

from __future__ import annotations

from tests.helpers.sites import ALL, NONE, Site

NOTE = "This tutorial was not executed in this build: needs"


def test_patterns_add_to_what_comments_say(site: Site) -> None:
    site.configure(
        """
        docent_requires = {
            r"/tutorials/.*_gpu": ["cuda"],
            "e2e": ["no_such_package", "json"],
            r"e2e_gpu\\.py": "no_such_board",
        }
        """
    )
    site.tutorial("plain")
    site.tutorial("e2e_gpu", comments='# sphinx_gallery_requires = ["no_such_other"]')
    build = site.build("-W", *ALL, env={"CUDA_VISIBLE_DEVICES": ""})
    assert build.code == 0, build.output
    assert build.runs == ["plain"]
    told = build.tutorial("e2e_gpu")
    needs = ["cuda", "json", "no_such_board", "no_such_other", "no_such_package"]
    assert (told["action"], told["requires"]) == ("skip", needs)
    assert f"{NOTE} cuda, no_such_board, no_such_other" in build.text("gallery/e2e_gpu")


def test_what_is_said_of_one_executes_no_other(site: Site) -> None:
    site.tutorial("one")
    site.tutorial("two")
    assert site.build(*ALL).runs == ["one", "two"]
    site.configure('docent_requires = {r"two\\.py": ["json"]}\n')
    build = site.build(*ALL)
    assert build.runs == ["two"]
    assert build.tutorial("two")["reason"] == "its requirements changed"


def test_the_entries_are_checked_in_every_build(site: Site) -> None:
    site.tutorial("e2e_model")
    wrong = {
        '{"e3e": ["torch"]}': "docent_requires: the pattern 'e3e' matches none of the 1 tutorials; "
        "the nearest: /docs/tutorials/e2e_model.py",
        '{"[": ["torch"]}': "docent_requires: '[' is not a regular expression",
        '{"e2e": 3}': "docent_requires['e2e'] is 3: give a list of names",
        '{"e2e": ["a b"]}': "docent_requires['e2e'] is ['a b']: give a list of names",
        '"torch"': "docent_requires is 'torch': give a dict",
    }
    conf = (site.docs / "conf.py").read_text()
    for value, words in wrong.items():
        site.write("docs/conf.py", f"{conf}docent_requires = {value}\n")
        for build in (site.precheck(), site.build(*NONE)):
            assert build.code == 2, build.output
            assert words in build.output
            assert "Traceback" not in build.output


def test_an_import_of_a_missing_package_is_told_as_such(site: Site) -> None:
    path = site.tutorial("uses", "import no_such_package.part")
    build = site.build(*ALL)
    assert build.code == 1
    ((file, line, category, message),) = build.found
    assert (file, line) == (path, site.line(path, "import no_such"))
    assert category == "docent.failed"
    assert message == (
        "the tutorial failed: it needs the package 'no_such_package', which is not installed; "
        "to have it skipped where that is so, write: "
        '# sphinx_gallery_requires = ["no_such_package"]'
    )
    site.append(path, "\n# sphinx_gallery_requires = ['no_such_package']\n")
    assert site.build("-W", *ALL).actions == {"uses": "skip"}


def test_any_other_import_error_is_told_as_it_is(site: Site) -> None:
    site.tutorial("within", "def load():\n    import no_such_package\n\nload()")
    site.tutorial("submodule", "import json.no_such_part")
    site.write("docs/tutorials/helper_of_ours.py", '"""\nH\n=\n"""\nimport no_such_package\n')
    site.configure('import sys\nsys.path.insert(0, "tutorials")\n')
    site.tutorial("through", "import sys\nsys.path.insert(0, '.')\nimport helper_of_ours")
    build = site.build(*ALL)
    messages = {name: build.tutorial(name)["failure"]["message"] for name in build.actions}
    assert messages["within"] == "ModuleNotFoundError: No module named 'no_such_package'"
    assert "No module named 'json.no_such_part'" in messages["submodule"]
    assert messages["through"] == "ModuleNotFoundError: No module named 'no_such_package'"
    assert messages["helper_of_ours"].startswith("it needs the package")

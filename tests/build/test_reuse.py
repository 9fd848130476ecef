"""A result is used again while it is valid, wherever the build is, and never after that."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.helpers.processes import wait_until
from tests.helpers.reuse import build, use
from tests.helpers.sites import ALL, Site


def test_a_fresh_environment_restores_from_the_cache(site: Site) -> None:
    site.tutorial("one")
    option = ("-D", f"docent_cache={site.root / 'cache'}", *ALL)
    first = site.build(*option)
    shutil.rmtree(site.docs / "_build")
    shutil.rmtree(site.docs / "gallery")
    second = site.build(*option)
    assert second.runs == []
    assert second.is_executed("one")
    assert second.html("gallery/one") == first.html("gallery/one")


def test_what_was_changed_is_executed_again_and_nothing_else(site: Site) -> None:
    site.write("docs/tutorials/sub/README.txt", "Sub\n===\n")
    for name in ("one", "two", "sub/three"):
        site.tutorial(name, "open('data.txt').read()" if name == "two" else "")
    site.write("docs/tutorials/data.txt", "data\n")
    site.configure('sphinx_gallery_conf["exclude_implicit_doc"] = {"a", "b", "c", "d", "e"}\n')
    assert site.build(*ALL).runs == ["one", "three", "two"]

    site.append("docs/index.rst", "\nA new sentence.\n")
    site.configure('html_title = "Another"\nhtml_theme_options = {"nosidebar": True}\n')
    page = site.build(*ALL)
    assert page.runs == []
    assert "A new sentence" in page.text("index")

    site.append("docs/tutorials/one.py", "print('changed output')\n")
    changed = site.build(*ALL)
    assert changed.runs == ["one"]
    assert "changed output\n" in changed.text("gallery/one")

    site.write("docs/tutorials/data.txt", "other data\n")
    assert site.build(*ALL).runs == ["two"]

    site.configure('sphinx_gallery_conf["capture_repr"] = ()\n')
    assert site.build(*ALL).runs == ["one", "three", "two"]
    assert site.build(*ALL).runs == []


def test_a_result_comes_back_with_its_inputs(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "1")
    use(site, 'print("content", open("data.csv").read())')
    site.write("docs/tutorials/data.csv", "12")
    assert "content 12" in build(site).text("gallery/uses")
    site.write("docs/tutorials/data.csv", "1")
    back = build(site)
    assert back.runs == []
    assert "content 1\n" in back.text("gallery/uses")


def test_an_input_edited_while_it_is_used_is_not_trusted(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "1")
    read, edited = Path(f"{site.log}.read"), Path(f"{site.log}.edited")
    site.tutorial(
        "uses",
        f"""
        import os, time
        print("read", open("data.csv").read())
        open({str(read)!r}, "w").close()
        while not os.path.exists({str(edited)!r}):
            time.sleep(0.01)
        """,
    )
    site.tutorial("alone")

    def edit() -> None:
        wait_until(read.exists, 60)
        site.write("docs/tutorials/data.csv", "2345")
        edited.touch()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(edit)
        build(site)
    again = build(site)
    assert again.runs == ["uses"]
    assert "read 2345" in again.text("gallery/uses")


def test_an_expected_failure_is_judged_anew_when_expectations_change(site: Site) -> None:
    site.tutorial("fails", 'raise ValueError("on purpose")')
    site.tutorial("passes")
    expected = 'sphinx_gallery_conf["expected_failing_examples"] = '
    site.configure(expected + '["tutorials/fails.py"]\n')
    first = build(site)
    assert first.runs == ["fails", "passes"]
    assert build(site).runs == []
    site.configure(expected + '["tutorials/fails.py", "tutorials/passes.py"]\n')
    wrong = site.build("-D", "docent_execute=all")
    assert wrong.code == 1
    assert wrong.runs == ["passes"]
    site.configure(expected + "[]")
    wrong = site.build("-D", "docent_execute=all")
    assert wrong.code == 1
    assert wrong.runs == ["fails"]
    assert "on purpose" in wrong.tutorial("fails")["failure"]["message"]


def test_stale_ones_are_executed_if_they_are_selected_and_others_restored(site: Site) -> None:
    site.tutorial("one")
    site.tutorial("two")
    assert site.build(*ALL).runs == ["one", "two"]
    site.configure('sphinx_gallery_conf["run_stale_examples"] = True\n')
    build = site.build("-D", r"docent_execute=one\.py")
    assert build.runs == ["one"]
    assert build.actions == {"one": "execute", "two": "restore"}
    assert build.is_executed("one", "two")
    assert site.build(*ALL).runs == ["one", "two"]


def test_the_reason_is_the_setting_that_changed_since_the_nearest_result(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "1")
    site.tutorial("one", "print(open('data.csv').read())")
    site.configure(
        "def own(block, variables, conf):\n    return ''\n\n"
        'sphinx_gallery_conf["capture_repr"] = ("_repr_html_", "__repr__")\n'
    )
    assert site.build(*ALL).runs == ["one"]
    site.configure('sphinx_gallery_conf["image_scrapers"] = (own,)\n')
    build = site.build(*ALL)
    assert build.tutorial("one")["reason"] == "`image_scrapers` changed"
    # Another result, which differs in two things, is looked at later.
    site.configure('sphinx_gallery_conf["capture_repr"] = ()\n')
    site.write("docs/tutorials/data.csv", "2")
    assert site.build(*ALL).runs == ["one"]
    site.configure(
        'sphinx_gallery_conf["capture_repr"] = ("_repr_html_", "__repr__")\n'
        'sphinx_gallery_conf["image_scrapers"] = ()\n'
    )
    assert site.build(*ALL).tutorial("one")["reason"] == "`docs/tutorials/data.csv` changed"

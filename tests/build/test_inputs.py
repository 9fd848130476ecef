"""A result is used again only while everything that the tutorial was seen to use is the same."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Callable

import pytest
from tests.helpers.sites import Build, Site

Names = Callable[[str], str]
Edit = Callable[[Names, Site], None]


def build(site: Site, **env: str) -> Build:
    """A full build that must succeed."""
    done = site.build("-D", "docent_execute=all", env=env)
    assert done.code == 0, done.output
    return done


def use(site: Site, code: str, *, comments: str = "") -> None:
    """A tutorial that uses something, and one that uses nothing."""
    site.tutorial("uses", code, comments=comments)
    site.tutorial("alone")
    first = build(site)
    assert first.runs == ["alone", "uses"]
    second = build(site)
    assert second.runs == [], second.report["tutorials"]


def edit(path: str, text: str) -> Edit:
    return lambda own, site: site.write(own(path), own(text))


def on_path(site: Site, *folders: str) -> None:
    """Put folders of the repository on ``sys.path``, as many a ``conf.py`` does."""
    for folder in folders:
        site.configure(
            f"""
            import sys
            sys.path.insert(0, {str(site.root / folder)!r})
            """
        )


HELPER = "def value():\n    return 1\n"
CHANGED = "def value():\n    return 1234\n"

CASES: dict[str, tuple[dict[str, str], str, Edit]] = {
    "data": (
        {"docs/tutorials/data.csv": "1"},
        'print(open("data.csv").read())',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data in a folder above": (
        {"data/data.csv": "1"},
        'print(open("../../data/data.csv").read())',
        edit("data/data.csv", "12"),
    ),
    "data read with pathlib and by its absolute path": (
        {"docs/tutorials/data.csv": "1"},
        'from pathlib import Path\nprint((Path.cwd() / "data.csv").resolve().read_bytes())',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data opened by its descriptor": (
        {"docs/tutorials/data.csv": "1"},
        'import os\nprint(os.read(os.open("data.csv", os.O_RDONLY), 100))',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data added to and read": (
        {"docs/tutorials/data.csv": "1"},
        'open("data.csv", "a").write("2")\nprint(open("data.csv").read())',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data read and then replaced": (
        {"docs/tutorials/data.csv": "1"},
        'text = open("data.csv").read()\nopen("data.csv", "w").write("2")',
        edit("docs/tutorials/data.csv", "12"),
    ),
    "data with a name of spaces and accents": (
        {"docs/tutorials/the dätä.csv": "1"},
        'print(open("the dätä.csv").read())',
        edit("docs/tutorials/the dätä.csv", "12"),
    ),
    "data is removed": (
        {"docs/tutorials/data.csv": "1"},
        'import os\nif os.path.exists("data.csv"):\n    print(open("data.csv").read())',
        lambda own, site: (site.docs / "tutorials" / own("data.csv")).unlink(),
    ),
    "absent file": (
        {},
        'try:\n    open("absent.txt")\nexcept FileNotFoundError:\n    print("absent")',
        edit("docs/tutorials/absent.txt", "here"),
    ),
    "folder that is listed": (
        {"docs/tutorials/data/1.csv": "1"},
        'import os\nprint(os.listdir("data"))',
        edit("docs/tutorials/data/2.csv", "1"),
    ),
    "folder that is globbed": (
        {"docs/tutorials/data/1.csv": "1"},
        'from pathlib import Path\nprint(list(Path("data").glob("*.csv")))',
        edit("docs/tutorials/data/2.csv", "1"),
    ),
    "folder that is walked": (
        {"docs/tutorials/data/deep/1.csv": "1"},
        'import os\nprint(list(os.walk("data")))',
        edit("docs/tutorials/data/deep/2.csv", "1"),
    ),
    "absent folder": (
        {},
        'import os\ntry:\n    os.listdir("later")\nexcept OSError:\n    print("absent")',
        edit("docs/tutorials/later/x.csv", "1"),
    ),
    "helper beside it": (
        {"docs/tutorials/helper_mod/__init__.py": HELPER},
        "import helper_mod\nprint(helper_mod.value())",
        edit("docs/tutorials/helper_mod/__init__.py", CHANGED),
    ),
    "helper on sys.path": (
        {"lib/helper.py": HELPER},
        "import helper\nprint(helper.value())",
        edit("lib/helper.py", CHANGED),
    ),
    "module of a package": (
        {"lib/pkg/__init__.py": "", "lib/pkg/a.py": HELPER},
        "from pkg import a\nprint(a.value())",
        edit("lib/pkg/a.py", CHANGED),
    ),
    "the package of a module": (
        {"lib/pkg/__init__.py": "", "lib/pkg/a.py": HELPER},
        "from pkg.a import value\nprint(value())",
        edit("lib/pkg/__init__.py", "x = 1\n"),
    ),
    "package without __init__": (
        {"lib/space/a.py": HELPER},
        "import space.a\nprint(space.a.value())",
        edit("lib/space/a.py", CHANGED),
    ),
    "helper of a helper": (
        {"lib/helper.py": "from deeper import value\n", "lib/deeper.py": HELPER},
        "import helper\nprint(helper.value())",
        edit("lib/deeper.py", CHANGED),
    ),
    "data of a helper": (
        {
            "lib/helper.py": "from pathlib import Path\n"
            "def value():\n    return (Path(__file__).parent / 'x.txt').read_text()\n",
            "lib/x.txt": "1",
        },
        "import helper\nprint(helper.value())",
        edit("lib/x.txt", "12"),
    ),
    "importlib": (
        {"lib/helper.py": HELPER},
        'import importlib\nprint(importlib.import_module("helper").value())',
        edit("lib/helper.py", CHANGED),
    ),
    "from importlib import import_module": (
        {"lib/helper.py": HELPER},
        'from importlib import import_module\nprint(import_module("helper").value())',
        edit("lib/helper.py", CHANGED),
    ),
    "runpy": (
        {"lib/helper.py": "print(1)"},
        'import runpy\nrunpy.run_module("helper")',
        edit("lib/helper.py", "print(1234)"),
    ),
    "import within a function": (
        {
            "lib/helper.py": "def value():\n    import lazy\n    return lazy.x\n",
            "lib/lazy.py": "x = 1",
        },
        "import helper\nprint(helper.value())",
        edit("lib/lazy.py", "x = 12"),
    ),
    "import in a thread": (
        {"lib/helper.py": HELPER},
        """\
        import threading
        def work():
            import helper
            print(helper.value())
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        """,
        edit("lib/helper.py", CHANGED),
    ),
    "import in a forked process": (
        {"lib/helper.py": HELPER, "docs/tutorials/data.csv": "1"},
        "import os\nif os.fork() == 0:\n    import helper\n    os._exit(0)\nos.wait()",
        edit("lib/helper.py", CHANGED),
    ),
    "data in a pool of processes": (
        {"docs/tutorials/data.csv": "1"},
        """\
        import multiprocessing
        def work(name):
            return open(name).read()
        with multiprocessing.get_context("fork").Pool(1) as pool:
            print(pool.map(work, ["data.csv"]))
        """,
        edit("docs/tutorials/data.csv", "12"),
    ),
    "helper imported by conf.py as well": (
        {"lib/helper.py": HELPER, "lib/fromconf.py": "import helper\n"},
        "import helper\nprint(helper.value())",
        edit("lib/helper.py", CHANGED),
    ),
    "helper that comes to stand before another": (
        {"lib/helper.py": HELPER, "first/other.py": ""},
        "import helper\nprint(helper.value())",
        edit("first/helper.py", CHANGED),
    ),
    "helper that was missing": (
        {},
        'try:\n    import helper\nexcept ImportError:\n    print("none")',
        edit("lib/helper.py", HELPER),
    ),
}


_OWN_WORDS = re.compile(
    r"\b(absent|data|deeper|fromconf|helper|helper_mod|later|lazy|other|pkg|space)\b(?!=)"
)


def own(case: str, text: str) -> str:
    """A text of a case, with names that no other case has."""
    return _OWN_WORDS.sub(rf"\g<1>{list(CASES).index(case)}", text)


@pytest.fixture(scope="module")
def cases(make_site: Callable[[], Site]) -> dict[str, Build]:
    """All cases in one gallery: built, built again, and built after everything was changed."""
    site = make_site()
    on_path(site, "lib", "first")
    for number, (case, (files, code, _)) in enumerate(CASES.items()):
        for path, text in files.items():
            site.write(own(case, path), own(case, text))
        if "lib/fromconf.py" in files:
            site.configure(own(case, "import fromconf"))
        site.tutorial(f"uses{number:02}", own(case, code))
    site.tutorial("alone")
    builds = {"first": build(site), "second": build(site)}
    for case, (_, _, change) in CASES.items():
        change(lambda text, case=case: own(case, text), site)  # type: ignore[misc]
    return {**builds, "third": build(site), "fourth": build(site)}


def test_every_case_is_executed_once(cases: dict[str, Build]) -> None:
    assert len(cases["first"].runs) == len(CASES) + 1
    assert cases["second"].runs == []
    assert cases["fourth"].runs == []
    assert "alone" not in cases["third"].runs


@pytest.mark.parametrize("case", CASES)
def test_what_is_used_is_seen(cases: dict[str, Build], case: str) -> None:
    entry = cases["third"].tutorial(f"uses{list(CASES).index(case):02}")
    assert entry["action"] == "execute"


def test_a_result_comes_back_with_its_inputs(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "1")
    use(site, 'print("content", open("data.csv").read())')
    site.write("docs/tutorials/data.csv", "12")
    assert "content 12" in build(site).text("gallery/uses")
    site.write("docs/tutorials/data.csv", "1")
    back = build(site)
    assert back.runs == []
    assert "content 1\n" in back.text("gallery/uses")


def test_the_reason_names_what_changed(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "1")
    use(site, 'print(open("data.csv").read())')
    site.write("docs/tutorials/data.csv", "12")
    assert build(site).tutorial("uses")["reason"] == "`docs/tutorials/data.csv` changed"


def test_declared_files_are_inputs(site: Site) -> None:
    site.write("docs/tutorials/data/1.csv", "1")
    site.write("data/1.csv", "1")
    use(
        site,
        'import subprocess\nsubprocess.run(["cat", "data/1.csv"], check=True)',
        comments='# sphinx_gallery_inputs = ["data/*.csv", "../../data/**/*.csv"]',
    )
    for path in ("docs/tutorials/data/1.csv", "docs/tutorials/data/2.csv", "data/deep/2.csv"):
        site.write(path, "12")
        assert build(site).runs == ["uses"], path
    site.write("docs/tutorials/data/other.txt", "1")
    assert build(site).runs == []


def test_what_nobody_uses_matters_to_nobody(site: Site) -> None:
    site.write("lib/helper.py", HELPER)
    site.write("lib/unused.py", HELPER)
    site.write("lib/pkg/__init__.py", "")
    site.write("lib/pkg/used.py", HELPER)
    site.write("lib/pkg/unused.py", HELPER)
    site.write("docs/tutorials/unused.csv", "1")
    on_path(site, "lib")
    use(site, "import helper\nfrom pkg.used import value\nprint(helper.value())")
    site.write("lib/unused.py", CHANGED)
    site.write("lib/pkg/unused.py", CHANGED)
    site.write("docs/tutorials/unused.csv", "12")
    site.write("docs/page.rst", ":orphan:\n\nPage\n====\n")
    site.configure("html_theme = 'alabaster'\nhtml_theme_options = {'show_related': True}")
    for path in (site.docs / "tutorials").glob("*.py"):
        path.touch()
    (site.root / "lib" / "helper.py").touch()
    assert build(site).runs == []


def test_a_comment_in_a_helper_that_is_used_is_a_change(site: Site) -> None:
    site.write("lib/helper.py", HELPER)
    on_path(site, "lib")
    use(site, "import helper")
    site.append("lib/helper.py", "# A comment.\n")
    assert build(site).runs == ["uses"]


def test_an_option_that_shapes_pages_is_everybodys(site: Site) -> None:
    use(site, "print(1)")
    site.configure('sphinx_gallery_conf["remove_config_comments"] = True')
    assert build(site).runs == ["alone", "uses"]


def test_an_option_that_shapes_indexes_is_nobodys(site: Site) -> None:
    use(site, "print(1)")
    site.configure(
        """
        sphinx_gallery_conf.update(
            download_all_examples=True,
            nested_sections=False,
            write_computation_times=True,
            ignore_pattern="nothing_like_this",
        )
        """
    )
    assert build(site).runs == []


SCRAPER = """
    def scraper(block, block_vars, gallery_conf):
        return "{words}"

    sphinx_gallery_conf["image_scrapers"] = (scraper,)
    """


def test_a_function_of_conf_that_shapes_pages_is_everybodys(site: Site) -> None:
    conf = (site.docs / "conf.py").read_text()
    site.configure(SCRAPER.format(words="one"))
    use(site, "print(1)")
    site.write("docs/conf.py", conf)
    site.configure("# The same function on another line.\n")
    site.configure(SCRAPER.format(words="one"))
    assert build(site).runs == []
    site.write("docs/conf.py", conf)
    site.configure(SCRAPER.format(words="another"))
    assert build(site).runs == ["alone", "uses"]


def test_the_order_of_a_set_in_conf_is_no_change(site: Site) -> None:
    words = ", ".join(f'r"name{number}"' for number in range(20))
    site.configure(f'sphinx_gallery_conf["exclude_implicit_doc"] = {{{words}}}')
    use(site, "print(1)")
    for seed in range(3):
        assert build(site, PYTHONHASHSEED=str(seed)).runs == []


# Distributions


def distribution(site: Site, name: str, version: str, source: str = "x = 1\n") -> None:
    """Install a distribution in a folder that stands for ``site-packages``."""
    folder = site.root.parent / "installed"
    for old in folder.glob(f"{name}-*.dist-info"):
        shutil.rmtree(old)
    package = folder / name
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(source)
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "RECORD").write_text(f"{name}/__init__.py,,\n")
    (info / "top_level.txt").write_text(f"{name}\n")


def installed(site: Site) -> None:
    """Have the builds see the distributions."""
    site.configure(
        f"""
        import sys
        sys.path.append({str(site.root.parent / "installed")!r})
        """
    )


def test_another_version_of_a_distribution(site: Site) -> None:
    for name in ("used", "unused", "deep"):
        distribution(site, name, "1.0")
    distribution(site, "used", "1.0", "import deep\n")
    installed(site)
    use(site, "import used")
    distribution(site, "unused", "2.0")
    assert build(site).runs == []
    distribution(site, "used", "2.0", "import deep\n")
    again = build(site)
    assert again.runs == ["uses"]
    assert again.tutorial("uses")["reason"] == "`used` is 2.0, was 1.0"
    distribution(site, "deep", "2.0")
    assert build(site).runs == ["uses"]


@pytest.mark.parametrize("preload", ["auto", "used"])
def test_modules_that_are_loaded_before_are_seen(site: Site, preload: str) -> None:
    """Several tutorials import one, so that the server loads it before it forks."""
    distribution(site, "deep", "1.0")
    distribution(site, "used", "1.0", "from deep import x\nfrom deep import x as y\n")
    installed(site)
    site.configure(f"docent_jobs = 1\ndocent_preload = {preload!r}")
    site.tutorial("alone")
    site.tutorial("one", "import used")
    site.tutorial("two", "from used import x\nprint(x)")
    assert len(build(site).runs) == 3
    assert build(site).runs == []
    distribution(site, "used", "2.0", "from deep import x\n")
    assert build(site).runs == ["one", "two"]


def test_a_distribution_that_was_missing(site: Site) -> None:
    installed(site)
    use(site, 'try:\n    import optional\nexcept ImportError:\n    print("none")')
    distribution(site, "optional", "1.0")
    assert build(site).runs == ["uses"]
    assert build(site).runs == []


def test_a_distribution_that_is_removed(site: Site) -> None:
    distribution(site, "used", "1.0")
    installed(site)
    use(site, 'try:\n    import used\nexcept ImportError:\n    print("none")')
    shutil.rmtree(site.root.parent / "installed")
    assert build(site).runs == ["uses"]


# The network


def test_a_connection_is_marked(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        thread = threading.Thread(target=lambda: server.accept()[0].close(), daemon=True)
        thread.start()
        use(
            site,
            f'import os, socket\nif os.environ.get("PORT", "{port}"):\n'
            f'    socket.create_connection(("127.0.0.1", {port})).close()',
        )
        thread.join()
    done = build(site)
    assert done.tutorial("uses")["network"] is True
    assert done.tutorial("alone")["network"] is False


# Edits while the build runs


def test_an_input_edited_while_it_is_used_is_not_trusted(site: Site) -> None:
    site.write("docs/tutorials/data.csv", "1")
    data = str(site.docs / "tutorials" / "data.csv")
    site.tutorial(
        "uses",
        f"""
        import os
        print("read", open("data.csv").read())
        if not os.path.exists(os.environ["RUNS"] + ".edited"):
            open({data!r}, "r+").write("2345")
            open(os.environ["RUNS"] + ".edited", "w").close()
        """,
    )
    site.tutorial("alone")
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

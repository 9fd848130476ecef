"""What a tutorial does to pages and state of the build, and to the folders that are cleaned."""

from __future__ import annotations

from ..harness.model import WRITES, Gallery, Tutorial, Want

# Into what the build itself makes.
GENERATED = {
    "others_page": 'open("@ROOT@/docs/gallery/z_healthy.rst", "w").write("DEFACED")',
    "others_pages": (
        "import os, time\nfor _ in range(20):\n"
        "    for folder, _, names in os.walk('@ROOT@/docs/gallery'):\n        for name in names:\n"
        "            if '@NAME@' not in name:\n                try:\n"
        "                    open(os.path.join(folder, name), 'w').write('DEFACED')\n"
        "                except OSError:\n                    pass\n    time.sleep(0.05)"
    ),
    "own_page": 'open("@ROOT@/docs/gallery/@NAME@.rst", "w").write("DEFACED")',
    "own_page_is_link": (
        'import os\npage = "@ROOT@/docs/gallery/@NAME@.rst"\n'
        'os.path.lexists(page) and os.unlink(page)\nos.symlink("@OUTSIDE@/precious.txt", page)'
    ),
    "all_pages": 'import shutil\nshutil.rmtree("@ROOT@/docs/gallery", ignore_errors=True)',
    "pages_unreadable": 'import os\nos.chmod("@ROOT@/docs/gallery", 0)',
    "site": 'import os, shutil\nshutil.rmtree("@ROOT@/docs/_build/html", ignore_errors=True)',
    "doctrees": 'import shutil\nshutil.rmtree("@ROOT@/docs/_build/html/.doctrees", ignore_errors=True)',
    "state": 'import shutil\nshutil.rmtree("@ROOT@/docs/_build/docent", ignore_errors=True)',
    "everything_built": 'import shutil\nshutil.rmtree("@ROOT@/docs/_build", ignore_errors=True)',
    "state_is_file": (
        'import shutil\nshutil.rmtree("@ROOT@/docs/_build/docent", ignore_errors=True)\n'
        'open("@ROOT@/docs/_build/docent", "w").write("x")'
    ),
    "cache": (
        "import os\nfor folder, _, names in os.walk('@ROOT@/docs/_build/docent'):\n"
        "    for name in names:\n        open(os.path.join(folder, name), 'wb').write(b'{\"evil\": 1}')"
    ),
    "lock": 'import os\nos.unlink("@ROOT@/docs/_build/docent/build.lock")',
    "whole_repository": (
        "import os, shutil\nfor name in os.listdir('@ROOT@'):\n"
        "    shutil.rmtree('@ROOT@/' + name, ignore_errors=True)"
    ),
    "shell_removes_all": 'import os\nos.system("rm -rf @ROOT@/docs @ROOT@/data @ROOT@/.git")',
}

CLEANING = (
    Tutorial(
        "temporary_is_link",
        """\
        import os, shutil, tempfile
        folder = tempfile.gettempdir()
        shutil.rmtree(folder, ignore_errors=True)
        os.symlink("@OUTSIDE@", folder)
        """,
    ),
    Tutorial(
        "folder_is_link",
        """\
        import os, shutil
        here = os.getcwd()
        for name in os.listdir():
            shutil.rmtree(name) if os.path.isdir(name) else os.unlink(name)
        os.chdir("/")
        try:
            os.rmdir(here)
            os.symlink("@OUTSIDE@", here)
        except OSError as error:
            print(error)
        """,
    ),
    Tutorial(
        "link_in_temporary",
        'import os, tempfile\nos.symlink("@OUTSIDE@", os.path.join(tempfile.gettempdir(), "way"))',
        Want.PASS,
    ),
    Tutorial(
        "temporary_unremovable",
        """\
        import os, tempfile
        deep = os.path.join(tempfile.gettempdir(), "a", "b")
        os.makedirs(deep)
        open(os.path.join(deep, "x"), "w").close()
        os.chmod(deep, 0)
        os.chmod(os.path.dirname(deep), 0o500)
        """,
        Want.PASS,
    ),
    Tutorial(
        "folder_unremovable",
        """\
        import os
        os.makedirs("a/b")
        open("a/b/x", "w").close()
        os.chmod("a/b", 0)
        os.chmod("a", 0o500)
        os.chmod(".", 0o500)
        """,
        Want.PASS,
    ),
    Tutorial(
        "very_deep",
        """\
        import os
        for _ in range(400):
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
        """,
        Want.PASS,
    ),
    Tutorial(
        "many_files",
        'for n in range(5000):\n    open(f"file_{n}", "w").close()',
        Want.PASS,
    ),
    Tutorial("big_file", 'open("big", "wb").write(bytes(200 * 2**20))', Want.PASS),
    Tutorial(
        "in_old_temporary",
        """\
        import os, tempfile
        tempfile.tempdir = os.path.dirname(os.path.dirname(tempfile.gettempdir()))
        print(tempfile.mkstemp()[1])
        """,
        debatable="its own TMPDIR is taken away; what it writes elsewhere is its own affair",
    ),
)

CASES = [
    *(
        Gallery(
            f"generated:{name}",
            WRITES,
            (Tutorial(name, code),),
            files={"data/x.txt": "original\n"},
            limit=40,
        )
        for name, code in GENERATED.items()
    ),
    Gallery("cleaning", WRITES, CLEANING, limit=90, debatable="in_old_temporary is debatable"),
]

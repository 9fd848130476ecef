"""Opened through another name: found in a list, or by an alias of the repository."""

from ..harness.edits import hard_link, make_folder, mode, rename, symlink, touch, write, write_again
from ..harness.model import DATA, again, same

CLAUSE = "another name"
PROJECT = "names"
PROJECTS = {"alias": {"alias": True}}

_MORE = "docs/tutorials/CASE/more.csv"
_LIST = {"files": {DATA: ""}, "first": "data.csv", "then": "data.csv more.csv"}

CASES = [
    again("listdir", 'import os\nshow(*sorted(os.listdir("CASE")))', write(_MORE, ""), **_LIST),
    again(
        "scandir",
        """
        import os
        show(*sorted(entry.name for entry in os.scandir("CASE")))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "walk",
        """
        import os
        show(*sorted(name for _, _, names in os.walk("CASE") for name in names))
        """,
        write("docs/tutorials/CASE/deep/more.csv", ""),
        setup=make_folder("docs/tutorials/CASE/deep"),
        **_LIST,
    ),
    again(
        "iterdir",
        """
        from pathlib import Path
        show(*sorted(path.name for path in Path("CASE").iterdir()))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "listdir_of_a_descriptor",
        """
        import os
        show(*sorted(os.listdir(os.open("CASE", os.O_RDONLY))))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "scandir_of_a_descriptor",
        """
        import os
        show(*sorted(entry.name for entry in os.scandir(os.open("CASE", os.O_RDONLY))))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "fwalk",
        """
        import os
        show(*sorted(name for _, _, names, _ in os.fwalk("CASE") for name in names))
        """,
        write("docs/tutorials/CASE/deep/more.csv", ""),
        setup=make_folder("docs/tutorials/CASE/deep"),
        **_LIST,
    ),
    again(
        "fwalk_of_a_descriptor",
        """
        import os
        folder = os.open("CASE", os.O_RDONLY)
        show(*sorted(name for _, _, names, _ in os.fwalk(dir_fd=folder) for name in names))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "fwalk_reads",
        """
        import os
        for _, _, names, folder in os.fwalk("CASE"):
            for name in names:
                show(os.read(os.open(name, 0, dir_fd=folder), 9).decode())
        """,
    ),
    again(
        "listdir_of_the_current_folder",
        """
        import os
        os.chdir("CASE")
        show(*sorted(os.listdir()))
        """,
        write(_MORE, ""),
        **_LIST,
    ),
    again(
        "listed_file_is_renamed",
        'import os\nshow(*os.listdir("CASE"))',
        rename(DATA, _MORE),
        files={DATA: ""},
        first="data.csv",
        then="more.csv",
    ),
    # An alias of the repository
    again(
        "alias_of_the_repository",
        'show(open("@OUTSIDE/CASE/docs/tutorials/CASE/data.csv").read())',
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
    ),
    again(
        "alias_of_the_repository_for_a_module",
        """
        import sys
        sys.path.insert(0, "@OUTSIDE/CASE/lib")
        import CASE_module
        show(CASE_module.word)
        """,
        write("lib/CASE_module.py", 'word = "three"\n'),
        files={"lib/CASE_module.py": 'word = "one"\n'},
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
    ),
    again(
        "alias_of_the_repository_for_a_child",
        """
        import subprocess
        name = "@OUTSIDE/CASE/docs/tutorials/CASE/data.csv"
        show(subprocess.run(["cat", name], capture_output=True, text=True).stdout)
        """,
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
    ),
    again(
        "alias_of_the_repository_listed",
        """
        import os
        show(*sorted(os.listdir("@OUTSIDE/CASE/docs/tutorials/CASE")))
        """,
        write(_MORE, ""),
        setup=symlink("@OUTSIDE/CASE", "@ROOT"),
        **_LIST,
    ),
    # Builds that name the repository by a link
    again("built_by_an_alias", 'show(open("CASE/data.csv").read())', project="alias"),
    again(
        "built_by_an_alias_absolute",
        'show(open("@ROOT/docs/tutorials/CASE/data.csv").read())',
        project="alias",
    ),
    again(
        "built_by_an_alias_module",
        "import CASE_module\nshow(CASE_module.word)",
        write("lib/CASE_module.py", 'word = "three"\n'),
        files={"lib/CASE_module.py": 'word = "one"\n'},
        project="alias",
    ),
    again(
        "built_by_an_alias_child",
        """
        import subprocess
        show(subprocess.run(["cat", "../../data/CASE.csv"], capture_output=True, text=True).stdout)
        """,
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
        project="alias",
    ),
    same(
        "built_by_an_alias_unused",
        'show(open("CASE/data.csv").read())',
        write(_MORE, ""),
        project="alias",
    ),
    # What changes nothing
    same("another_hard_link", 'show(open("CASE/data.csv").read())', hard_link(_MORE, DATA)),
    same("written_with_the_same_content", 'show(open("CASE/data.csv").read())', write_again(DATA)),
    same("other_mode", 'show(open("CASE/data.csv").read())', mode(DATA, 0o664)),
    same(
        "link_made_anew",
        'show(open("CASE/link.csv").read())',
        symlink("docs/tutorials/CASE/link.csv", "data.csv"),
        setup=symlink("docs/tutorials/CASE/link.csv", "data.csv"),
    ),
    same(
        "listed_files_are_edited",
        'import os\nshow(*os.listdir("CASE"))',
        write(DATA, "three"),
        first="data.csv",
    ),
    same(
        "listed_file_is_touched",
        'import os\nshow(*os.listdir("CASE"))',
        touch(DATA),
        first="data.csv",
    ),
]

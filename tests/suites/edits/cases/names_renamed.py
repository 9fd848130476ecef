"""Opened through another name: what the tutorial has renamed, linked or copied."""

from ..harness.model import again

CLAUSE = "another name"
PROJECT = "names"
CASES = [
    again(
        "renamed",
        """
        import os
        os.rename("CASE/data.csv", "CASE/moved.csv")
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "replaced",
        """
        import os
        open("CASE/moved.csv", "w").write("two")
        os.replace("CASE/data.csv", "CASE/moved.csv")
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "moved_with_shutil",
        """
        import shutil
        shutil.move("CASE/data.csv", "CASE/moved.csv")
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "moved_out_of_the_repository",
        """
        import shutil, tempfile
        with tempfile.TemporaryDirectory() as folder:
            shutil.move("CASE/data.csv", folder)
            show(open(f"{folder}/data.csv").read())
        """,
    ),
    again(
        "renamed_with_pathlib",
        """
        from pathlib import Path
        show(Path("CASE/data.csv").rename("CASE/moved.csv").read_text())
        """,
    ),
    again(
        "folder_renamed",
        """
        import os
        os.rename("CASE", "CASE_moved")
        show(open("CASE_moved/data.csv").read())
        """,
    ),
    again(
        "renamed_by_a_child",
        """
        import subprocess
        subprocess.run(["mv", "CASE/data.csv", "CASE/moved.csv"], check=True)
        show(open("CASE/moved.csv").read())
        """,
    ),
    again(
        "copied",
        """
        import shutil
        shutil.copy("CASE/data.csv", "CASE/copy.csv")
        show(open("CASE/copy.csv").read())
        """,
    ),
    again(
        "folder_copied",
        """
        import shutil
        shutil.copytree("CASE", "CASE_copy")
        show(open("CASE_copy/data.csv").read())
        """,
    ),
    again(
        "copied_by_a_child",
        """
        import subprocess
        subprocess.run(["cp", "-r", "CASE", "CASE_copy"], check=True)
        show(open("CASE_copy/data.csv").read())
        """,
    ),
    again(
        "linked",
        """
        import os
        os.link("CASE/data.csv", "CASE/other.csv")
        show(open("CASE/other.csv").read())
        """,
    ),
    again(
        "linked_with_pathlib",
        """
        from pathlib import Path
        Path("CASE/other.csv").hardlink_to("CASE/data.csv")
        show(Path("CASE/other.csv").read_text())
        """,
    ),
    again(
        "symlinked",
        """
        import os
        os.symlink("data.csv", "CASE/other.csv")
        show(open("CASE/other.csv").read())
        """,
    ),
    again(
        "symlinked_from_elsewhere",
        """
        import os, tempfile
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.abspath("CASE/data.csv"), f"{folder}/link")
            show(open(f"{folder}/link").read())
        """,
    ),
    again(
        "folder_symlinked",
        """
        import os
        os.symlink("CASE", "CASE_link")
        show(open("CASE_link/data.csv").read())
        """,
    ),
    again(
        "linked_by_a_child",
        """
        import subprocess
        subprocess.run(["ln", "CASE/data.csv", "CASE/other.csv"], check=True)
        show(open("CASE/other.csv").read())
        """,
    ),
]

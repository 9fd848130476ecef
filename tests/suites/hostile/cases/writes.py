"""Whatever a tutorial writes in the repository is thrown away, or is its failure."""

from __future__ import annotations

from ..harness.model import WRITES, Gallery, Link, Tutorial, Want

FILE = "../../data/w_@NAME@.txt"
FULL = "@ROOT@/data/w_@NAME@.txt"

C = "import ctypes\nlibc = ctypes.CDLL(None)\n"

# By Python itself: an audit hook hears of each.
HEARD = {
    "open_w": f'open("{FILE}", "w").write("x")',
    "open_a": f'open("{FILE}", "a").write("x")',
    "open_r_plus": f'open("{FILE}", "r+").write("x")',
    "open_x": 'open("../../data/new_@NAME@.txt", "x").write("x")',
    "os_open": f'import os\nos.write(os.open("{FILE}", os.O_WRONLY | os.O_TRUNC), b"x")',
    "os_open_trunc_only": f'import os\nos.open("{FILE}", os.O_RDONLY | os.O_TRUNC)',
    "absolute": f'open("{FULL}", "w").write("x")',
    "dots": 'open("../../docs/../data/./w_@NAME@.txt", "w").write("x")',
    "bytes_path": f'open(b"{FULL}", "w").write("x")',
    "pathlib": f'import pathlib\npathlib.Path("{FILE}").write_text("x")',
    "chdir_first": 'import os\nos.chdir("@ROOT@/data")\nopen("w_@NAME@.txt", "w").write("x")',
    "fchdir_first": (
        'import os\nos.fchdir(os.open("@ROOT@/data", os.O_RDONLY))\nopen("w_@NAME@.txt", "w").write("x")'
    ),
    "rename_over": f'import os\nopen("own.txt", "w").write("x")\nos.rename("own.txt", "{FILE}")',
    "replace": f'import os\nopen("own2.txt", "w").write("x")\nos.replace("own2.txt", "{FILE}")',
    "rename_away": f'import os\nos.rename("{FILE}", "taken.txt")',
    "rename_there": f'import os\nos.rename("{FULL}", "@ROOT@/data/moved_@NAME@.txt")',
    "move_out": f'import os, shutil, tempfile\nshutil.move("{FILE}", tempfile.mkdtemp())',
    "copy_over": f'import shutil\nshutil.copy("../../data/shared.txt", "{FILE}")',
    "unlink": f'import os\nos.unlink("{FILE}")',
    "mkdir": 'import os\nos.mkdir("../../data/new_@NAME@")',
    "makedirs": 'import os\nos.makedirs("../../new_@NAME@/a/b")',
    "rmtree": 'import shutil\nshutil.rmtree("../../data/folder_@NAME@")',
    "rmdir": 'import os\nos.unlink("@ROOT@/data/folder_@NAME@/x")\nos.rmdir("@ROOT@/data/folder_@NAME@")',
    "chmod": f'import os\nos.chmod("{FILE}", 0o600)',
    "chmod_folder": 'import os\nos.chmod("@ROOT@/data/folder_@NAME@", 0)',
    "fchmod": f'import os\nos.fchmod(os.open("{FILE}", os.O_RDONLY), 0o600)',
    "chown": f'import os\nos.chown("{FILE}", os.getuid(), os.getgid())\nos.utime("{FILE}", (1, 1))',
    "utime": f'import os\nos.utime("{FILE}", (1, 1))',
    "symlink": 'import os\nos.symlink("shared.txt", "../../data/new_@NAME@")',
    "link": f'import os\nos.link("{FILE}", "../../data/new_@NAME@")',
    "link_then_write": f'import os\nos.link("{FILE}", "mine.txt")\nopen("mine.txt", "w").write("x")',
    "symlink_then_write": f'import os\nos.symlink("{FULL}", "alias.txt")\nopen("alias.txt", "w").write("x")',
    "truncate": f'import os\nos.truncate("{FILE}", 1)',
    "mkfifo": 'import os\nos.mkfifo("../../data/new_@NAME@")',
    "xattr": f'import os\nos.setxattr("{FILE}", "user.x", b"x")',
    "dir_fd": 'import os\nd = os.open("@ROOT@/data", os.O_RDONLY)\n'
    'os.write(os.open("w_@NAME@.txt", os.O_WRONLY | os.O_TRUNC, dir_fd=d), b"x")',
    "dir_fd_unlink": 'import os\nd = os.open("@ROOT@/data", os.O_RDONLY)\nos.unlink("w_@NAME@.txt", dir_fd=d)',
    "through_alias": 'open("@ROOT@/alias/w_@NAME@.txt", "w").write("x")',
    "through_alias_outside": 'open("@OUTSIDE@/way_in/data/w_@NAME@.txt", "w").write("x")',
    "through_proc_cwd": 'open("/proc/self/cwd/../../data/w_@NAME@.txt", "w").write("x")',
    "through_proc_root": f'open("/proc/self/root{FULL}", "w").write("x")',
    "through_proc_fd": f'import os\nfd = os.open("{FILE}", os.O_RDONLY)\nopen(f"/proc/self/fd/{{fd}}", "w").write("x")',
    "temporary_there": 'import tempfile\ntempfile.NamedTemporaryFile(dir="@ROOT@/data", prefix="w_@NAME@.", delete=False).write(b"x")',
    "mmap": f'import mmap\nwith open("{FILE}", "r+b") as f:\n    m = mmap.mmap(f.fileno(), 0)\n    m[:1] = b"x"\n    m.flush()',
    "zipfile": 'import zipfile\nzipfile.ZipFile("../../data/new_@NAME@.zip", "w").writestr("a", "b")',
    "logging": 'import logging\nlogging.FileHandler("../../data/new_@NAME@.log").emit(logging.makeLogRecord({}))',
    "imports": 'import sys\nsys.path.insert(0, "@ROOT@/data")\nimport quiet_module',
    "own_source": 'open("@ROOT@/docs/tutorials/@NAME@.py", "a").write("# x")',
    "own_source_relative": 'open("@NAME@.py", "w").write("x")',
    "other_source": 'open("@ROOT@/docs/tutorials/z_healthy.py", "w").write("1/0")',
    "other_source_relative": 'open("z_healthy.py", "w").write("1/0")',
    "header": 'open("@ROOT@/docs/tutorials/GALLERY_HEADER.rst", "w").write("x")',
    "conf_py": 'open("@ROOT@/docs/conf.py", "a").write("1/0")',
    "index": 'open("@ROOT@/docs/index.rst", "w").write("x")',
    "gitignore": 'open("@ROOT@/.gitignore", "w").write("*")',
    "git_config": 'open("@ROOT@/.git/config", "a").write("[x]")',
    "git_head": 'open("@ROOT@/.git/HEAD", "w").write("x")',
    "git_hook": 'open("@ROOT@/.git/hooks/pre-commit", "w").write("#!/bin/sh")',
    "beside": 'open("beside.csv", "w").write("x")',
    "below": 'open("sub/healthy.py", "w").write("x")',
    "everything_beside": (
        "import os, shutil\nfor name in os.listdir():\n"
        "    shutil.rmtree(name) if os.path.isdir(name) else os.unlink(name)"
    ),
}

# By C or by another program: no audit hook hears of it.
UNHEARD = {
    "shell": f'import os\nos.system("echo x > {FILE}")',
    "shell_absolute": f'import subprocess\nsubprocess.run("rm {FULL}", shell=True)',
    "child_python": "import subprocess, sys\n"
    f'subprocess.run([sys.executable, \'-c\', \'open("{FULL}", "w").write("x")\'])',
    "forked": f'import os\nif os.fork() == 0:\n    open("{FULL}", "w").write("x")\n    os._exit(0)\nos.wait()',
    "later": "import subprocess\n"
    f'subprocess.Popen("sleep 0.7; echo x > {FULL}", shell=True, start_new_session=True)',
    "touch": f'import subprocess\nsubprocess.run(["touch", "{FILE}"])',
    "fopen": C + f'f = libc.fopen(b"{FILE}", b"w")\nassert f or True',
    "c_open": C + f'libc.open(b"{FULL}", 0o1001)',
    "c_unlink": C + f'libc.unlink(b"{FULL}")',
    "c_rename": C + f'libc.rename(b"{FULL}", b"@ROOT@/data/moved_@NAME@.txt")',
    "c_mkdir": C + 'libc.mkdir(b"@ROOT@/data/new_@NAME@", 0o755)',
    "syscall": C + f'libc.syscall(87, b"{FULL}")',
    "sqlite": (
        'import sqlite3\nd = sqlite3.connect("../../data/new_@NAME@.db")\n'
        'd.execute("create table x (y)")\nd.commit()'
    ),
    "git_commit": (
        "import subprocess\nsubprocess.run('git -c user.name=x -c user.email=x@x commit -q --allow-empty"
        " -m x', shell=True, cwd='@ROOT@', capture_output=True)"
    ),
    "git_clean": "import subprocess\nsubprocess.run(['git', 'rm', '-rfq', 'data/folder_@NAME@'], cwd='@ROOT@', capture_output=True)",
    "inherited_folder": """\
import os, stat
for fd in range(3, 64):
    try:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            os.close(os.open("w_@NAME@.txt", os.O_CREAT | os.O_WRONLY, dir_fd=fd))
    except OSError:
        pass
""",
}

# Where the path that is written does not hold the case's name.
PATHS = {
    "imports": "data/quiet_module",
    "own_source": "tutorials/own_source.py",
    "own_source_relative": "tutorials/own_source_relative.py",
    "other_source": "tutorials/z_healthy.py",
    "other_source_relative": "tutorials/z_healthy.py",
    "header": "tutorials/GALLERY_HEADER.rst",
    "conf_py": "docs/conf.py",
    "index": "docs/index.rst",
    "gitignore": ".gitignore",
    "git_config": ".git/config",
    "git_head": ".git/HEAD",
    "git_hook": ".git/hooks",
    "git_commit": ".git/logs/HEAD",
    "beside": "beside.csv",
    "below": "sub/healthy.py",
    "everything_beside": "docs/tutorials",
}


def tutorials(table: dict[str, str], *, unheard: bool = False) -> tuple[Tutorial, ...]:
    """One for each way of writing."""
    return tuple(
        Tutorial(name, code, Want.DISCARD, path=PATHS.get(name, f"_{name}"), unheard=unheard)
        for name, code in table.items()
    )


def files_for(names: dict[str, str]) -> dict[str, str | Link]:
    """What they write to."""
    files: dict[str, str | Link] = {
        "docs/tutorials/beside.csv": "1,2\n",
        "alias": Link("data"),
        "data/quiet_module.py": "x = 1\n",
    }
    for name in names:
        files[f"data/w_{name}.txt"] = f"original {name}\n"
        if "folder_@NAME@" in names[name]:
            files[f"data/folder_{name}/x"] = "original\n"
    return files


CASES = [
    Gallery("writes heard", WRITES, tutorials(HEARD), files=files_for(HEARD), limit=120),
    Gallery(
        "writes unheard",
        WRITES,
        tutorials(UNHEARD, unheard=True),
        files=files_for(UNHEARD),
        limit=90,
    ),
]

"""Makes the temporary repository of a case, and tells whether it was touched."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent

from .model import Content, Link, Mode, Special, Tutorial

CONF = """\
project = "lab"
extensions = ["sphinx_gallery.gen_gallery", "sphinx_docent"]
exclude_patterns = ["_build", "tutorials"]
html_theme = "basic"
docent_execute = "all"
docent_jobs = 3
docent_timeout = 20
sphinx_gallery_conf = {
    "examples_dirs": ["tutorials"],
    "gallery_dirs": ["gallery"],
    "filename_pattern": r"\\.py$",
    "image_scrapers": (),
    "reset_modules": (),
    "download_all_examples": False,
    "show_signature": False,
    "write_computation_times": False,
}
"""
GENERATED = ("docs/_build/", "docs/gallery/", "docs/gallery2/", "docs/sg_execution_times.rst")
HEALTHY = ("a_healthy", "m_healthy", "z_healthy", "sub/healthy")
HARMLESS_UID = 54399
"""A user that owns nothing and runs nothing."""
SHARED = "what everybody reads\n"

_HEALTHY_CODE = """\
import os
print(open("{up}../data/shared.txt").read(), end="")
print("environment", "LEAKED" in os.environ)
"""


class Repository:
    """A documentation project in a git repository, with a place outside of it.

    :param base: holds ``repo``, ``outside`` (not to be touched), ``scratch`` (where cases take
        notes), ``tmp`` and ``home``.
    """

    def __init__(self, base: Path) -> None:
        self.base = base
        self.root = base / "repo"
        self.docs = self.root / "docs"
        self.outside = base / "outside"
        self.scratch = base / "scratch"
        self.tmp = base / "tmp"
        self.home = base / "home"
        for folder in (self.root, self.outside, self.scratch, self.tmp, self.home):
            folder.mkdir(parents=True)
        (self.outside / "precious.txt").write_text("precious\n")
        self.write("docs/conf.py", CONF)
        self.write("docs/index.rst", "Lab\n===\n\n.. toctree::\n\n   gallery/index\n")
        self.write("docs/tutorials/GALLERY_HEADER.rst", "Gallery\n=======\n\nThe gallery.\n")
        self.write("docs/tutorials/sub/GALLERY_HEADER.rst", "Below\n=====\n\nBelow.\n")
        self.write("data/shared.txt", SHARED)
        self.write(".gitignore", "".join(f"/{path}\n" for path in GENERATED) + "__pycache__/\n")

    def write(self, path: str, content: Content) -> None:
        """Make a file, a link or something special."""
        place = self.root / os.fsdecode(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            place.write_bytes(content)
        elif isinstance(content, str):
            place.write_text(self._filled(content), encoding="utf-8", errors="surrogateescape")
        elif isinstance(content, Link):
            place.symlink_to(self._filled(content.target))
        elif isinstance(content, Mode):
            if content.text is None:
                place.mkdir(exist_ok=True)
            else:
                place.write_text(content.text, encoding="utf-8")
        else:
            _make_special(place, content)

    def tutorial(self, tutorial: Tutorial) -> None:
        """Write a tutorial."""
        path = f"docs/tutorials/{tutorial.name}.py"
        if isinstance(tutorial.code, bytes):
            self.write(path, tutorial.code)
        elif tutorial.whole:
            self.write(path, dedent(tutorial.code))
        else:
            name = tutorial.name.rpartition("/")[2]
            self.write(path, _with_title(tutorial).replace("@NAME@", name))

    def healthy(self) -> None:
        """Write the neighbours."""
        for name in HEALTHY:
            up = "../" * (1 + name.count("/"))
            self.tutorial(Tutorial(name, _HEALTHY_CODE.format(up=up)))

    def commit(self) -> None:
        """Commit all that git can hold."""
        self.git("init", "-q")
        (self.root / ".git" / "info" / "exclude").write_text("huge.*\n")
        self.git("add", "-A")
        self.git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "All")

    def open_ways_in(self) -> None:
        """Other names of the repository, and of a file in it, outside of it."""
        (self.outside / "way_in").symlink_to(self.root)
        if (self.root / "data" / "hard.txt").exists():
            (self.outside / "hard.txt").hardlink_to(self.root / "data" / "hard.txt")

    def finish(self, files: Mapping[str, Content], uid: int | None) -> None:
        """Give all to the user who builds, and set the modes that git does not hold."""
        if uid is not None:
            for folder, names, others in os.walk(self.base):
                for name in (".", *names, *others):
                    os.chown(os.path.join(folder, name), uid, uid, follow_symlinks=False)
        for path, content in files.items():
            if isinstance(content, Mode):
                (self.root / path).chmod(content.mode)

    def line(self, path: str, words: str) -> int:
        """The last line of a file that holds some words."""
        rows = (self.root / path).read_text(encoding="utf-8", errors="replace").split("\n")
        return max(number for number, row in enumerate(rows, 1) if self._filled(words) in row)

    def git(self, *words: str) -> str:
        """Run git, whoever owns the repository, without touching its index."""
        environment = {
            **os.environ,
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        }
        done = subprocess.run(
            ["git", *words],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        return done.stdout if done.returncode == 0 else f"git failed: {done.stderr}"

    def snapshot(self) -> dict[str, tuple[object, ...]]:
        """All that is not generated, in and beside the repository, by path."""
        seen: dict[str, tuple[object, ...]] = {}
        for top in (self.root, self.outside):
            for folder, names, others in os.walk(top):
                within = Path(folder).relative_to(self.base)
                names[:] = [n for n in names if n != "__pycache__" and not _generated(within / n)]
                for name in (*names, *others):
                    path = within / name
                    if not _generated(path) and path != Path("repo/.git/index"):
                        seen[os.fsencode(path).decode(errors="backslashreplace")] = _look(
                            self.base / path
                        )
        return seen

    def remove(self) -> None:
        """Remove it, whatever its modes."""
        for folder, names, _ in os.walk(self.base):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    with contextlib.suppress(OSError):
                        os.chmod(path, 0o700)
        shutil.rmtree(self.base, ignore_errors=True)

    def _filled(self, text: str) -> str:
        return (
            text.replace("@ROOT@", str(self.root))
            .replace("@OUTSIDE@", str(self.outside))
            .replace("@SCRATCH@", str(self.scratch))
            .replace("@HARMLESS_UID@", str(HARMLESS_UID))
        )


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """What differs between two snapshots."""
    gone = [f"{path} (gone)" for path in before if path not in after]
    new = [f"{path} (appeared)" for path in after if path not in before]
    other = [f"{p} (changed)" for p in before if p in after and before[p] != after[p]]
    return sorted(gone + new + other)


def unreadable(folders: Iterable[Path]) -> list[str]:
    """The generated files and folders that their owner could not read."""
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if not path.is_symlink() and not path.stat().st_mode & stat.S_IRUSR
    ]


def title_of(name: str) -> str:
    """A title that reST takes for a title, whatever the name."""
    return "Title of " + "".join(c if c.isalnum() else "x" for c in name.rpartition("/")[2])


def _with_title(tutorial: Tutorial) -> str:
    stem, title = tutorial.name.rpartition("/")[2], title_of(tutorial.name)
    text = dedent(tutorial.text).strip("\n").splitlines()
    assert isinstance(tutorial.code, str)
    return "\n".join(
        [
            '"""',
            title,
            "=" * len(title),
            "",
            "What it is about.",
            '"""',
            *dedent(tutorial.comments).strip().splitlines(),
            "",
            f'print("output of", {stem!r})',
            "",
            "# %%",
            *(f"# {row}".rstrip() for row in text),
            "",
            dedent(tutorial.code).strip("\n"),
            "",
        ]
    )


def _generated(path: Path) -> bool:
    inner = path.as_posix().removeprefix("repo/") + "/"
    return inner.startswith(tuple(f"{name.rstrip('/')}/" for name in GENERATED))


def _look(path: Path) -> tuple[object, ...]:
    """Kind, mode and owner; of a file content and time, of a link where it leads."""
    status = path.lstat()
    own = (stat.filemode(status.st_mode), status.st_uid)
    if stat.S_ISLNK(status.st_mode):
        return (*own, os.readlink(path))
    if stat.S_ISREG(status.st_mode) and status.st_size < 2**28:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return (*own, status.st_size, digest, status.st_mtime_ns, sorted(os.listxattr(path)))
    return own


def _make_special(place: Path, content: Special) -> None:
    if content.kind == "fifo":
        os.mkfifo(place)
    elif content.kind == "socket":
        # The name of a socket may be no longer than 107 bytes.
        here = os.open(place.parent, os.O_RDONLY)
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(f"/proc/self/fd/{here}/{place.name}")
        os.close(here)
    elif content.kind == "device":
        os.mknod(place, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    elif content.kind == "folder":
        place.mkdir(exist_ok=True)
    elif content.kind == "sparse":
        with place.open("wb") as file:
            file.truncate(5 * 2**30)
    else:
        raise ValueError(content.kind)

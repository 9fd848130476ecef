"""Out of an overlay, back to the repository that lies below it."""

from __future__ import annotations

from ..harness.model import WRITES, Gallery, Tutorial, Want
from .writes import FULL, C

ESCAPES = (
    Tutorial(
        "unmounts",
        C
        + f"""\
for _ in range(4):
    libc.umount2(b"@ROOT@", 2)
import os
os.chdir("@ROOT@/docs")
open("{FULL}", "w").write("x")
""",
        Want.DISCARD,
        path="w_unmounts",
    ),
    Tutorial(
        "unmounts_by_program",
        f"""\
import os, subprocess
subprocess.run(["umount", "-l", "@ROOT@"], capture_output=True)
os.chdir("/")
open("{FULL}", "w").write("x")
""",
        Want.DISCARD,
        path="w_unmounts_by_program",
    ),
    Tutorial(
        "through_root_of_parent",
        f'import os\nopen(f"/proc/{{os.getppid()}}/root{FULL}", "w").write("x")',
        Want.DISCARD,
        path="w_through_root_of_parent",
    ),
    Tutorial(
        "through_root_of_grandparent",
        f"""\
import os
above = open(f"/proc/{{os.getppid()}}/stat").read().rpartition(")")[2].split()[1]
open(f"/proc/{{above}}/root{FULL}", "w").write("x")
""",
        Want.DISCARD,
        path="w_through_root_of_grandparent",
    ),
    Tutorial(
        "through_cwd_of_parent",
        """\
import os
try:
    open(f"/proc/{os.getppid()}/cwd/data/w_@NAME@.txt", "w").write("x")
except FileNotFoundError:
    open(f"/proc/{os.getppid()}/cwd/../data/w_@NAME@.txt", "w").write("x")
""",
        Want.DISCARD,
        path="w_through_cwd_of_parent",
    ),
    Tutorial(
        "enters_parents_namespace",
        C
        + f"""\
import os
for kind in ("user", "mnt"):
    try:
        libc.setns(os.open(f"/proc/{{os.getppid()}}/ns/{{kind}}", os.O_RDONLY), 0)
    except OSError:
        pass
os.chdir("/")
open("{FULL}", "w").write("x")
""",
        Want.DISCARD,
        path="w_enters_parents_namespace",
    ),
    Tutorial(
        "own_namespace_unmounts",
        "import subprocess\n"
        "subprocess.run(['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c',"
        f" 'umount -l @ROOT@; cd /; echo x > {FULL}'], capture_output=True)",
        Want.DISCARD,
        path="w_own_namespace_unmounts",
        unheard=True,
    ),
    Tutorial(
        "binds_over",
        "import subprocess\n"
        "subprocess.run(['mount', '--bind', '@OUTSIDE@', '@ROOT@/data'], capture_output=True)",
        Want.CONTAIN,
        root=False,
    ),
    Tutorial(
        "through_older_hard_link",
        'open("@OUTSIDE@/hard.txt", "w").write("x")',
        Want.DISCARD,
        path="hard.txt",
        debatable="the name lies outside of the repository, the file in it",
    ),
    Tutorial(
        "outside",
        'open("@OUTSIDE@/precious.txt", "a").write("x")',
        Want.DISCARD,
        path="precious.txt",
        debatable="with namespaces only the repository is covered, and downloads go elsewhere",
    ),
)

CASES = [
    Gallery(
        f"escapes:{one.name}",
        WRITES,
        (one,),
        files={f"data/w_{one.name}.txt": "original\n", "data/hard.txt": "original\n"},
        limit=40,
        root=one.root,
        debatable=one.debatable,
    )
    for one in ESCAPES
]

"""A tutorial cannot end or stop the server that forked it, its neighbours, or the build."""

from __future__ import annotations

from ..harness.model import SIGNALS, Gallery, Tutorial, Want, galleries_of_one

NAMES_IT = r"(?i)SIG[A-Z]+|signal|server|process"

SESSION = """\
import os, signal, pathlib
wanted = {id}(os.getppid())
for folder in pathlib.Path("/proc").iterdir():
    if folder.name.isdigit() and int(folder.name) not in (1, os.getpid()):
        try:
            if {id}(int(folder.name)) == wanted:
                os.kill(int(folder.name), signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
"""

AND_WAITS = "\nimport time\ntime.sleep(1.5)\n"


def to_parent(name: str) -> Tutorial:
    """Sends a signal to its parent, and goes on for a while."""
    code = f"import os, signal\nos.kill(os.getppid(), signal.{name})"
    deadly = name in ("SIGKILL", "SIGSTOP")
    return Tutorial(
        f"parent_{name}",
        code + AND_WAITS,
        Want.FAIL if deadly else Want.CONTAIN,
        says=NAMES_IT,
        debatable="a namespace of processes would hide the parent: passing is as good"
        if deadly
        else "",
    )


TO_PARENT = tuple(
    to_parent(name)
    for name in (
        "SIGKILL",
        "SIGSTOP",
        "SIGHUP",
        "SIGTERM",
        "SIGINT",
        "SIGQUIT",
        "SIGABRT",
        "SIGSEGV",
        "SIGUSR1",
        "SIGCHLD",
        "SIGPIPE",
        "SIGALRM",
        "SIGTSTP",
    )
)

GROUPS = (
    Tutorial(
        "group_of_parent_SIGKILL",
        "import os, signal\nos.killpg(os.getpgid(os.getppid()), signal.SIGKILL)" + AND_WAITS,
    ),
    Tutorial(
        "group_of_parent_SIGTERM",
        "import os, signal\nos.killpg(os.getpgid(os.getppid()), signal.SIGTERM)" + AND_WAITS,
    ),
    Tutorial(
        "group_of_parent_SIGSTOP",
        "import os, signal\nos.killpg(os.getpgid(os.getppid()), signal.SIGSTOP)" + AND_WAITS,
    ),
    Tutorial(
        "group_of_parent_SIGINT",
        "import os, signal\nos.killpg(os.getpgid(os.getppid()), signal.SIGINT)" + AND_WAITS,
    ),
    Tutorial("session_of_parent", SESSION.format(id="os.getsid") + AND_WAITS),
    Tutorial(
        "everything_of_another_user",
        """\
        import os, signal
        os.setgroups([])
        os.setresgid(@HARMLESS_UID@, @HARMLESS_UID@, @HARMLESS_UID@)
        os.setresuid(@HARMLESS_UID@, @HARMLESS_UID@, @HARMLESS_UID@)
        assert os.getresuid() == (@HARMLESS_UID@,) * 3
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            print("nobody else")
        """,
        root=True,
    ),
    Tutorial(
        "parent_from_a_child",
        """\
        import os, signal, time
        server = os.getppid()
        if os.fork() == 0:
            os.setsid()
            time.sleep(0.3)
            os.kill(server, signal.SIGKILL)
            os._exit(0)
        time.sleep(2)
        """,
    ),
    Tutorial(
        "grandparent_SIGKILL",
        """\
        import os, signal
        fields = open(f"/proc/{os.getppid()}/stat").read().rpartition(")")[2].split()
        above = int(fields[1])
        words = open(f"/proc/{above}/cmdline").read()
        if "sphinx" in words:
            os.kill(above, signal.SIGKILL)
        import time
        time.sleep(1)
        """,
        debatable="what is promised is said of the server; this is the build itself",
    ),
    Tutorial(
        "siblings",
        """\
        import os, pathlib, signal, time
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            lists = pathlib.Path(f"/proc/{os.getppid()}/task").glob("*/children")
            for pid in map(int, " ".join(path.read_text() for path in lists).split()):
                if pid != os.getpid():
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.005)
        """,
        debatable="a neighbour that was killed cannot know by whom",
    ),
)

MEANS = (
    Tutorial(
        "traces_parent",
        """\
        import ctypes, os, time
        libc = ctypes.CDLL(None, use_errno=True)
        PTRACE_ATTACH = 16
        print(libc.ptrace(PTRACE_ATTACH, os.getppid(), 0, 0))
        time.sleep(60)
        """,
        comments="# sphinx_gallery_timeout = 2",
    ),
    Tutorial(
        "takes_parents_files",
        """\
        import os, resource
        resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (3, 3))
        """,
    ),
    Tutorial(
        "takes_parents_time",
        """\
        import os, resource, time
        resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))
        time.sleep(1.5)
        """,
    ),
    Tutorial(
        "takes_parents_memory",
        """\
        import os, resource
        resource.prlimit(os.getppid(), resource.RLIMIT_AS, (2**20, 2**20))
        """,
    ),
)

SELF = (
    Tutorial(
        "own_group_SIGKILL",
        "import os, signal\nos.killpg(0, signal.SIGKILL)",
        Want.FAIL,
        says="SIGKILL",
    ),
    Tutorial("own_session", SESSION.format(id="os.getsid").replace("os.getppid()", "0")),
    *(
        Tutorial(
            f"itself_{name}",
            f"import os, signal\nsignal.signal(signal.{name}, signal.SIG_DFL)\n"
            f"os.kill(os.getpid(), signal.{name})\nimport time\ntime.sleep(1)",
            Want.FAIL,
            says=name,
        )
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGABRT", "SIGUSR2", "SIGPIPE", "SIGXCPU")
    ),
    Tutorial(
        "itself_SIGINT",
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(1)",
        Want.FAIL,
        says="KeyboardInterrupt|SIGINT",
    ),
    Tutorial(
        "itself_realtime",
        "import os, signal\nos.kill(os.getpid(), signal.SIGRTMIN + 3)\nimport time\ntime.sleep(1)",
        Want.FAIL,
        says="(?i)signal|SIG",
    ),
    Tutorial(
        "starts_process_group",
        "import os\nos.setpgid(0, 0) if os.getpgrp() != os.getpid() else 0",
        Want.PASS,
    ),
    Tutorial(
        "aborts_in_c",
        "import ctypes\nctypes.CDLL(None).abort()",
        Want.FAIL,
        says="SIGABRT",
        line="abort()",
    ),
    Tutorial(
        "divides_in_c",
        "import os, signal\nsignal.raise_signal(signal.SIGFPE)",
        Want.FAIL,
        says="SIGFPE",
        line="SIGFPE",
    ),
    Tutorial(
        "exits_in_c",
        "import ctypes\nctypes.CDLL(None)._exit(0)",
        Want.FAIL,
        says="(?i)exit",
    ),
    Tutorial("exits_with_70", "import os\nos._exit(70)", Want.FAIL, says="70"),
    Tutorial(
        "becomes_another_program",
        'import os\nos.execvp("true", ["true"])',
        Want.FAIL,
        says="(?i)exit|ended",
    ),
)

CASES = [
    *galleries_of_one(SIGNALS, TO_PARENT, limit=45),
    *galleries_of_one(SIGNALS, GROUPS, limit=45),
    *galleries_of_one(SIGNALS, MEANS, limit=45),
    Gallery("signals to itself", SIGNALS, SELF),
    Gallery(
        "several end the server",
        SIGNALS,
        tuple(
            Tutorial(
                f"ends_server_{number}",
                "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)" + AND_WAITS,
                Want.FAIL,
                says=NAMES_IT,
                debatable="a namespace of processes would hide the parent: passing is as good",
            )
            for number in range(3)
        ),
        alone=True,
    ),
]

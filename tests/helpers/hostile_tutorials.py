"""Tutorials that do to their process whatever one can do."""

from __future__ import annotations

FAILING = {
    "exception": ('raise ValueError("boom")', "ValueError: boom"),
    "sys_exit": ("import sys\nsys.exit(3)", "SystemExit: 3"),
    "os_exit": (
        'import os\nprint("last words")\nos._exit(4)',
        "the process ended with exit code 4 before the tutorial did",
    ),
    "os_exit_well": (
        "import os\nos._exit(0)",
        "the process ended with exit code 0 before the tutorial did",
    ),
    "segmentation": ("import ctypes\nctypes.string_at(0)", "the process was ended by SIGSEGV"),
    "killed": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "the process was ended by SIGKILL (out of memory, perhaps)",
    ),
    "loop": ("while True:\n    pass", "took longer than 2 s and was ended"),
    "loop_in_c": (
        'import re\nre.match(r"(a+)+$", "a" * 60 + "b")',
        "took longer than 2 s and was ended",
    ),
    "deaf_loop": (
        """\
        import signal
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        while True:
            pass
        """,
        "took longer than 2 s and was ended",
    ),
    "stops": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
        "took longer than 2 s and was ended",
    ),
    "flood": ('for _ in range(200):\n    print("x" * 999_999)', "OutputTooLong"),
    "flood_in_c": (
        """\
        import os
        for _ in range(200):
            os.write(1, b"x" * 999_999)
        os._exit(5)
        """,
        "exit code 5",
    ),
    "asks": ('input("?")', "input"),
    "spaces and ünï": ('raise KeyError("ünï")', "KeyError: 'ünï'"),
}


HEALTHY = {
    "closes_all_files": "import os\nos.closerange(3, 64)",
    "ok_before": (
        """\
        import os, sys
        import matplotlib
        print("leaked", "X_LEAK" in os.environ, "/nope" in sys.path, os.path.exists("made.txt"))
        print("width", matplotlib.rcParams["lines.linewidth"], open("data.csv").read())
        """
    ),
    "chdir": 'import os\nos.chdir("/")\nprint(os.getcwd())',
    "deletes": "import os\nfor name in os.listdir():\n    os.remove(name)",
    "environ": (
        """\
        import os, sys
        os.environ.clear()
        os.environ["X_LEAK"] = "1"
        sys.path.insert(0, "/nope")
        import matplotlib
        matplotlib.rcParams["lines.linewidth"] = 99
        """
    ),
    "stdin": "import sys\nprint(repr(sys.stdin.read()))",
    "signals": (
        """\
        import signal
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_IGN)
        """
    ),
    "threads": (
        "import threading, time\nthreading.Thread(target=lambda: time.sleep(1000)).start()"
    ),
    "child": (
        """\
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        """
    ),
    "child_own_session": (
        """\
        import subprocess, sys
        subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True
        )
        """
    ),
    "child_without_environment": (
        """\
        import subprocess, sys
        subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True,
            env={"DOCENT_TEST_BUILD": posix.environ.get(b"DOCENT_TEST_BUILD", b"")},
        )
        """
    ),
    "daemon": (
        """\
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                if os.fork() == 0:
                    os.setsid()
                time.sleep(300)
            os._exit(0)
        """
    ),
    "forks_and_goes_on": "import os\nif os.fork() == 0:\n    print('both')",
    "writes": 'open("made.txt", "w").write("x")\nopen("data.csv", "a").write("3")',
    "ok_after": 'print("fine")',
    "with spaces and ü": 'print("naïve")',
}

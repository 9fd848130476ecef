"""A tutorial that takes Python itself apart harms its own process alone."""

from __future__ import annotations

from ..harness.model import MODES, PYTHON, Gallery, Tutorial, Want

PATCHES = {
    "open_gone": "import builtins\ndel builtins.open",
    "open_lies": "import builtins, io\nbuiltins.open = lambda *a, **k: io.StringIO('x')",
    "print_gone": "import builtins\ndel builtins.print",
    "len_lies": "import builtins\nbuiltins.len = lambda x: -1",
    "isinstance_lies": "import builtins\nbuiltins.isinstance = lambda *a: False",
    "str_replaced": "import builtins\nbuiltins.str = int",
    "import_replaced": (
        "import builtins\ndef no(*a, **k):\n    raise ImportError('never')\nbuiltins.__import__ = no"
    ),
    "exceptions_gone": "import builtins\nbuiltins.BaseException = int\nbuiltins.Exception = int",
    "builtins_cleared": "import builtins\nvars(builtins).clear()",
    "modules_cleared": "import sys\nsys.modules.clear()",
    "path_cleared": "import sys\nsys.path.clear()\nsys.meta_path.clear()\nsys.path_hooks.clear()",
    "path_is_none": "import sys\nsys.path = None\nsys.modules['os'] = None",
    "stdout_none": "import sys\nsys.stdout = sys.stderr = None",
    "stdout_closed": "import sys\nsys.stdout.close()",
    "stdout_odd": (
        "import sys\nclass Odd:\n    def __getattr__(self, name):\n        raise OSError('odd')\n"
        "sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Odd()"
    ),
    "environ_none": "import os\nos.environ = None",
    "environ_cleared": "import os\nos.environ.clear()\nos.environb.clear()",
    "getpid_lies": "import os\nos.getpid = lambda: 1",
    "os_write_gone": "import os\ndel os.write, os.close",
    "os_stat_fails": "import os\ndef no(*a, **k):\n    raise OSError('no')\nos.stat = os.lstat = os.scandir = no",
    "json_gone": "import json\njson.dumps = lambda *a, **k: 'forged'\njson.JSONEncoder = None",
    "pathlib_gone": "import pathlib\npathlib.Path = None",
    "time_stands": "import time\ntime.time = time.monotonic = time.perf_counter = lambda: 'now'",
    "time_back": "import time\ntime.perf_counter = lambda: -1e300",
    "logging_off": "import logging\nlogging.disable(logging.CRITICAL)\nlogging.shutdown()",
    "logging_fails": (
        "import logging\ndef no(*a, **k):\n    raise ValueError('no')\n"
        "logging.Logger.handle = no\nlogging.Logger.makeRecord = no"
    ),
    "traceback_gone": "import traceback\nvars(traceback).clear()\nraise ValueError('what happened')",
    "linecache_lies": "import linecache\nlinecache.getlines = lambda *a: 5\nraise ValueError('what happened')",
    "hook_fails": "import sys\nsys.excepthook = None\nraise ValueError('what happened')",
    "low_recursion": "import sys\nsys.setrecursionlimit(60)",
    "trace_fails": "import sys\ndef no(*a):\n    raise ValueError('traced')\nsys.settrace(no)",
    "profile_fails": "import sys\ndef no(*a):\n    raise ValueError('profiled')\nsys.setprofile(no)",
    "audit_hook_fails": (
        "import sys\nstate = {'on': True}\ndef no(event, a):\n    if state['on']:\n"
        "        raise ValueError(event)\nsys.addaudithook(no)"
    ),
    "warnings_fail": "import warnings\nwarnings.simplefilter('error')\nwarnings.warn('what happened')",
    "collector_off": "import gc\ngc.disable()\ngc.set_debug(gc.DEBUG_LEAK)",
    "collector_callback_fails": "import gc\ngc.callbacks.append(lambda *a: 1 / 0)\ngc.collect()",
    "locale_changed": "import locale, os\nos.environ['LC_ALL'] = 'xx'\nlocale.getpreferredencoding = lambda *a: 'x'",
    "gallery_patched": (
        "import sys\nfor name, module in list(sys.modules.items()):\n"
        "    if name.startswith('sphinx_gallery'):\n        vars(module).clear()"
    ),
    "docent_patched": (
        "import sys\nfor name, module in list(sys.modules.items()):\n"
        "    if name.startswith('sphinx_docent'):\n        vars(module).clear()"
    ),
    "sphinx_patched": (
        "import sys\nfor name, module in list(sys.modules.items()):\n"
        "    if name.partition('.')[0] in ('sphinx', 'docutils'):\n        vars(module).clear()"
    ),
    "own_frame_of_class": "class int(str):\n    pass\nbool = list = dict = open = print = None",
    "main_replaced": "import sys, types\nsys.modules['__main__'] = types.ModuleType('x')",
    "files_limited": "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (5, 5))",
    "size_limited": "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))",
    "size_limited_ignored": (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))"
    ),
    "memory_limited": "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**20, 2**20))",
    "time_limited": "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True:\n    pass",
    "user_dropped": (
        "import os\nos.setgroups([])\nos.setresgid(*[@HARMLESS_UID@] * 3)\nos.setresuid(*[@HARMLESS_UID@] * 3)"
    ),
    "root_changed": "import os\nos.chroot('/var/empty' if os.path.isdir('/var/empty') else '/usr/share')",
    "folder_gone": "import os, tempfile\nfolder = tempfile.mkdtemp()\nos.chdir(folder)\nos.rmdir(folder)",
    "not_dumpable": "import ctypes\nctypes.CDLL(None).prctl(4, 0, 0, 0, 0)",
    "no_new_processes": "import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (1, 1))",
    "threads_and_fork": (
        "import threading, os, time\nlock = threading.Lock()\n"
        "threading.Thread(target=lambda: (lock.acquire(), time.sleep(100)), daemon=True).start()\n"
        "time.sleep(0.1)\nif os.fork() == 0:\n    lock.acquire()\n    os._exit(0)"
    ),
    "interpreter_cleared": "import ctypes\nctypes.pythonapi.Py_FinalizeEx()",
    "fatal_error": "import ctypes\nctypes.pythonapi.Py_FatalError(b'what happened \\x1b[31m')",
    "memory_overwritten": "import ctypes\nctypes.memset(id(None), 0xff, 64)",
}

SAYS = {
    "traceback_gone": "what happened",
    "linecache_lies": "what happened",
    "hook_fails": "what happened",
    "warnings_fail": "what happened",
    "time_limited": "(?i)SIGXCPU|SIGKILL|longer",
    "size_limited": "(?i)SIGXFSZ|too large|File",
    "fatal_error": "(?i)SIGABRT|what happened",
}

UMASKS = {
    "umask_777": "import os\nos.umask(0o777)",
    "umask_777_writes": "import os\nos.umask(0o777)\nopen('made.txt', 'w').close()\nos.mkdir('made')",
    "umask_0": "import os\nos.umask(0)",
    "umask_077": "import os\nos.umask(0o077)",
    "umask_777_fails": "import os\nos.umask(0o777)\nraise ValueError('what happened')",
    "umask_777_plots": (
        "import os\nos.umask(0o777)\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])"
    ),
}

CASES = [
    Gallery(
        "takes Python apart",
        PYTHON,
        tuple(
            Tutorial(
                f"python_{name}",
                code,
                Want.FAIL if name in SAYS else Want.CONTAIN,
                says=SAYS.get(name, ""),
                comments="# sphinx_gallery_timeout = 5",
            )
            for name, code in PATCHES.items()
        ),
        limit=120,
    ),
    Gallery(
        "umask",
        MODES,
        tuple(
            Tutorial(name, code, Want.FAIL if "fails" in name else Want.PASS)
            for name, code in UMASKS.items()
        ),
        conf='sphinx_gallery_conf["image_scrapers"] = ("matplotlib",)\n',
    ),
    Gallery(
        "umask, then the next build",
        MODES,
        (
            Tutorial("umask_777_first", "import os\nos.umask(0o777)", Want.PASS),
            Tutorial(
                "umask_777_plots_first",
                "import os\nos.umask(0o777)\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])",
                Want.PASS,
            ),
        ),
        conf='sphinx_gallery_conf["image_scrapers"] = ("matplotlib",)\n',
        again=True,
    ),
]

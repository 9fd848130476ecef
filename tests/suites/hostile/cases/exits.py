"""A tutorial's process ends where it must, whatever was done to its way out."""

from __future__ import annotations

from ..harness.model import ANSWERS, Tutorial, Want, galleries_of_one

SECOND_SERVER = (
    Tutorial(
        "patched_exit",
        "import os\nos._exit = lambda code: None",
    ),
    Tutorial(
        "patched_exit_raises",
        'import os\ndef stay(code):\n    raise RuntimeError("stays")\nos._exit = stay',
    ),
    Tutorial(
        "patched_exit_in_child",
        """\
        import os
        real = os.getpid()
        if os.fork() == 0:
            os._exit = lambda code: None
            os.getpid = lambda: real
        """,
    ),
    Tutorial(
        "patched_exit_and_fails",
        'import os\nos._exit = lambda code: None\nraise ValueError("stays")',
        Want.FAIL,
        says="ValueError: stays",
    ),
    Tutorial(
        "exit_sleeps",
        "import os, time\nos._exit = lambda code: time.sleep(1000)",
        comments="# sphinx_gallery_timeout = 3",
        silent="exit code 70",
    ),
    Tutorial(
        "exits_by_another_exception",
        """\
        import os, sys
        def leave(code):
            raise SystemExit(0)
        os._exit = leave
        sys.exit(0)
        """,
        Want.FAIL,
    ),
    Tutorial(
        "jumps_out_by_trace",
        """\
        import sys
        def trace(frame, event, argument):
            if "server" in frame.f_code.co_filename or "pool" in frame.f_code.co_filename:
                raise RuntimeError("jumped")
            return trace
        sys.settrace(trace)
        frame = sys._getframe()
        while frame:
            frame.f_trace = trace
            frame = frame.f_back
        """,
    ),
    Tutorial(
        "edits_outer_frames",
        """\
        import gc, sys
        frame = sys._getframe()
        while frame:
            for name, value in list(frame.f_locals.items()):
                if isinstance(value, (list, dict)) and frame.f_globals is not globals():
                    try:
                        value.clear()
                    except Exception:
                        pass
            frame = frame.f_back
        """,
    ),
)

CASES = galleries_of_one(ANSWERS, SECOND_SERVER, limit=40)

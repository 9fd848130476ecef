"""Whatever a tutorial starts ends with it, and holds nobody up."""

from __future__ import annotations

from ..harness.model import PROCESSES, TIME, Gallery, Tutorial, Want

SLEEP = "import time; time.sleep(300)"

STARTED = {
    "child": f"subprocess.Popen([sys.executable, '-c', {SLEEP!r}])",
    "child_in_session": (
        f"subprocess.Popen([sys.executable, '-c', {SLEEP!r}], start_new_session=True)"
    ),
    "child_without_environment": (
        f"subprocess.Popen([sys.executable, '-c', {SLEEP!r}], start_new_session=True, env={{}})"
    ),
    "child_holds_output": "subprocess.Popen('sleep 300; echo late', shell=True)",
    "child_closed_everything": (
        "subprocess.Popen(['sleep', '300'], stdin=-3, stdout=-3, stderr=-3, close_fds=True, env={},\n"
        "                 start_new_session=True, cwd='/')"
    ),
    "deaf_child": (
        "subprocess.Popen(['sh', '-c', \"trap '' TERM HUP INT; while :; do sleep 1; done\"])"
    ),
    "stopped_child": (
        "child = subprocess.Popen(['sleep', '300'])\nos.kill(child.pid, signal.SIGSTOP)"
    ),
    "spawned": "os.posix_spawn('/bin/sleep', ['sleep', '300'], {})",
    "shell_background": "os.system('(setsid sleep 300 &) ; (nohup sleep 300 >/dev/null 2>&1 &)')",
    "daemon": """\
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        os.closerange(0, 256)
        time.sleep(300)
    os._exit(0)
os.wait()
""",
    "daemon_of_daemons": """\
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            if os.fork() == 0:
                os.setsid()
                os.environ.clear()
            time.sleep(300)
        os._exit(0)
time.sleep(0.3)
""",
    "own_subreaper": """\
import ctypes
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
        time.sleep(300)
    os._exit(0)
os.wait()
""",
    "without_death_signal": """\
import ctypes
if os.fork() == 0:
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
    os.setsid()
    time.sleep(300)
""",
    "renamed": """\
import ctypes
if os.fork() == 0:
    ctypes.CDLL(None).prctl(15, b"a) R 1 1 1", 0, 0, 0)
    os.setsid()
    time.sleep(300)
""",
    "runaway": """\
if os.fork() == 0:
    os.setsid()
    until = time.monotonic() + 6
    while time.monotonic() < until:
        if os.fork():
            os._exit(0)
        os.setsid()
    os._exit(0)
""",
    "many": """\
for _ in range(60):
    if os.fork() == 0:
        os.setsid()
        time.sleep(300)
""",
    "fork_bomb": """\
until = time.monotonic() + 2
for _ in range(6):
    if os.fork() == 0:
        os.setsid()
while time.monotonic() < until:
    time.sleep(0.05)
time.sleep(0 if os.getpid() == os.getpgid(0) else 300)
""",
    "zombies": "for _ in range(50):\n    if os.fork() == 0:\n        os._exit(0)",
    "forks_and_both_go_on": "os.fork()",
    "forks_and_child_fails": 'if os.fork() == 0:\n    raise ValueError("only the child")',
    "pool": """\
import multiprocessing
pool = multiprocessing.get_context("fork").Pool(2)
pool.apply_async(time.sleep, (300,))
time.sleep(0.3)
""",
    "spawn_context": """\
import multiprocessing
process = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(300,))
process.start()
""",
    "executor": """\
from concurrent.futures import ProcessPoolExecutor
executor = ProcessPoolExecutor(2)
executor.submit(time.sleep, 300)
""",
    "shared_memory": """\
from multiprocessing import shared_memory
block = shared_memory.SharedMemory(create=True, size=100)
""",
    "own_pid_namespace": """\
print(subprocess.run(
    ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "sh", "-c",
     "setsid sleep 300 >/dev/null 2>&1 &"], capture_output=True).returncode)
""",
}

THREADS = {
    "thread": "threading.Thread(target=time.sleep, args=(300,)).start()",
    "daemon_thread": "threading.Thread(target=time.sleep, args=(300,), daemon=True).start()",
    "busy_thread": """\
def spin():
    while True:
        pass
threading.Thread(target=spin).start()
""",
    "printing_thread": """\
def talk():
    while True:
        print("talks", flush=True)
        time.sleep(0.001)
threading.Thread(target=talk).start()
""",
    "many_threads": """\
for _ in range(200):
    threading.Thread(target=time.sleep, args=(300,)).start()
""",
    "thread_pool": """\
from concurrent.futures import ThreadPoolExecutor
ThreadPoolExecutor(2).submit(time.sleep, 300)
""",
    "failing_thread": """\
def fail():
    raise ValueError("in a thread")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
""",
    "loop_left_running": """\
import asyncio
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever).start()
""",
    "atexit_hangs": "import atexit\natexit.register(time.sleep, 300)",
    "atexit_fails": "import atexit\natexit.register(lambda: 1 / 0)",
    "atexit_exits": "import atexit\natexit.register(os._exit, 9)",
    "finalizer_hangs": """\
class Holder:
    def __del__(self, sleep=time.sleep):
        sleep(300)
holder = Holder()
""",
    "timer": "threading.Timer(300, print).start()",
    "alarm_later": "signal.alarm(300)",
    "pending_interval_timer": """\
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
""",
    "all_signals_ignored": """\
for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
""",
    "all_signals_blocked": "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())",
}

IMPORTS = "import os, signal, subprocess, sys, threading, time\n"

LATE = {
    "sleeps": "time.sleep(300)",
    "spins": "while True:\n    pass",
    "spins_in_c": "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')",
    "deaf": """\
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):
    signal.signal(number, signal.SIG_IGN)
time.sleep(300)
""",
    "blocks_signals": """\
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
time.sleep(300)
""",
    "stops_itself": "os.kill(os.getpid(), signal.SIGSTOP)",
    "waits_for_child": "subprocess.run(['sleep', '300'])",
    "waits_for_thread": "thread = threading.Thread(target=time.sleep, args=(300,))\nthread.start()\nthread.join()",
    "reads_fifo": "os.mkfifo('fifo_of_@NAME@')\nopen('fifo_of_@NAME@').read()",
    "catches_everything": """\
while True:
    try:
        time.sleep(1000)
    except BaseException:
        pass
""",
    "str_of_error_hangs": """\
class Slow(Exception):
    def __str__(self):
        time.sleep(300)
raise Slow
""",
    "repr_of_result_hangs": """\
class Slow:
    def __repr__(self):
        time.sleep(300)
Slow()
""",
    "prints_for_ever": "while True:\n    print('again')\n    time.sleep(0.001)",
    "waits_for_lock": "lock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "waits_for_socket": "import socket\na, b = socket.socketpair()\na.recv(1)",
}

CASES = [
    Gallery(
        "starts processes",
        PROCESSES,
        tuple(
            Tutorial(
                f"starts_{name}",
                IMPORTS + code,
                Want.CONTAIN if name in ("fork_bomb", "own_pid_namespace") else Want.PASS,
            )
            for name, code in STARTED.items()
        ),
    ),
    Gallery(
        "threads and exits",
        PROCESSES,
        tuple(
            Tutorial(f"leaves_{name}", IMPORTS + code, Want.PASS) for name, code in THREADS.items()
        ),
    ),
    Gallery(
        "takes too long",
        TIME,
        tuple(
            Tutorial(
                f"late_{name}",
                IMPORTS + code,
                Want.FAIL,
                says=r"(?i)(longer than|after|timeout|timed out).*\b2\b",
                comments="# sphinx_gallery_timeout = 2",
            )
            for name, code in LATE.items()
        ),
        limit=90,
    ),
]

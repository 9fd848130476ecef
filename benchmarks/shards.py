"""Several jobs and one, on a gallery that waits; and lookups in a cache that is far away."""

from __future__ import annotations

import http.server
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from builds import build, executed_seconds
from waiting import waiting_gallery

from sphinx_docent.cache.remote import Remote

SHARDS, TUTORIALS = 4, 40
LOOKUPS, DELAY = 1000, 0.05


def shards_table(folder: Path) -> str:
    """Four jobs that execute one tutorial at a time, beside one job that does."""
    shared = f"docent_cache=file://{folder / 'shared'}"
    options = ("-D", "docent_execute=all", "-D", "docent_jobs=1")
    alone = _gallery(folder / "alone")
    single = build(alone, "html", *options)
    executing = executed_seconds(alone)
    clones = [_gallery(folder / f"shard{number}") for number in range(1, SHARDS + 1)]

    def job(number: int) -> float:
        words = ("-D", shared, "-D", f"docent_shard={number}/{SHARDS}")
        return build(clones[number - 1], "html", *options, *words)

    with ThreadPoolExecutor(SHARDS) as pool:
        slowest = max(pool.map(job, range(1, SHARDS + 1)))
    last = _gallery(folder / "last")
    rendering = build(last, "html", *options, "-D", shared)
    if executed_seconds(last):
        raise SystemExit("the last job has executed something")
    total = slowest + rendering
    return "\n".join(
        [
            "| what | seconds |",
            "|---|---|",
            f"| {TUTORIALS} tutorials, executing alone | {executing:.1f} |",
            f"| one job: executing and rendering | {single:.1f} |",
            f"| the slowest of {SHARDS} shards | {slowest:.1f} |",
            f"| the last job: fetching and rendering | {rendering:.1f} |",
            f"| all {SHARDS + 1} jobs | {total:.1f}, {single / total:.1f} times as fast |",
        ]
    )


def lookups_table(rounds: int) -> str:
    """How long it takes to look up 1,000 keys where every request takes 50 ms."""
    with _far_away() as url:
        remote = Remote(url, url)
        remote.get(["durations.json"])
        lines = [f"| {LOOKUPS:,} lookups, {DELAY * 1000:.0f} ms each | goal |", "|---|---|"]
        for _ in range(rounds):
            began = time.perf_counter()
            remote.get([f"keys/{number}" for number in range(LOOKUPS)])
            lines.append(f"| {time.perf_counter() - began:.2f} s | under 5 s |")
        remote.close()
    return "\n".join(lines)


def _gallery(root: Path) -> Path:
    numbers = random.Random(1)
    return waiting_gallery(
        root, [min(12.0, numbers.lognormvariate(0.6, 0.9)) for _ in range(TUTORIALS)]
    )


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        time.sleep(DELAY)
        body = b"x" * 3000
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _far_away() -> Iterator[str]:
    """A web server on loopback that takes its time."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()

"""A real browser, and the server that it is pointed at."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[str]:
    """A server's address, once it answers; the server ends with the block."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    log = folder / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield wait_for(log)
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=20)


def wait_for(log: Path, seconds: float = 60) -> str:
    """The address that a server prints, when it answers there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := re.search(r"http://[\w.]+:\d+", log.read_text(encoding="utf-8")):
            with suppress(OSError), urllib.request.urlopen(found[0]):
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no server answered:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium that speaks with nobody else."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; the test fails if its console shows an error."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []

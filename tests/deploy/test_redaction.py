"""No password is ever shown."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.helpers.commands import refused
from tests.helpers.deploying import (
    command,
    deploy,
    environment,
)

from sphinx_docent.git.redaction import redacted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a:b@host/x", "https://***@host/x"),
        ("fatal: no 'https://ghp_12345@host/'", "fatal: no 'https://***@host/'"),
        ("bad password hunter22", "bad password ***"),
        ("https://host/?access_token=12&b=1", "https://host/?access_token=***&b=1"),
        ("git@host:owner/x.git", "git@host:owner/x.git"),
    ],
)
def test_secrets_are_known_by_their_place(text: str, shown: str) -> None:
    assert redacted(text, "https://me:hunter22@host/") == shown


def test_no_password_is_ever_printed(site: Path) -> None:
    address = "http://some-user:hunter22@127.0.0.1:1/owner/site.git?token=abc123"
    for variables in ({}, {"GIT_TRACE": "1", "GIT_TRACE_CURL": "1", "GIT_CURL_VERBOSE": "1"}):
        done = deploy(site, address, folder=None, **variables)
        refused(done, 2, "127.0.0.1:1")
        for secret in ("hunter22", "abc123", "some-user"):
            assert secret not in done.stdout + done.stderr
    done = subprocess.run(
        command(site, ""),
        env=environment(DOCENT_REMOTE=address),
        capture_output=True,
        text=True,
        check=False,
    )
    refused(done, 2, "127.0.0.1:1")
    assert "hunter22" not in done.stderr

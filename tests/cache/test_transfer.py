"""What goes wrong with a shared cache is told without secrets."""

from __future__ import annotations

from sphinx_docent.cache.transfer import in_words


def test_what_a_library_says_is_told_without_secrets() -> None:
    error = ValueError("403 for https://me:secret@host/a?sig=secret,\n or s3://k:secret@b/x")
    assert in_words(error) == "ValueError: 403 for https://host/a or s3://b/x"
    assert in_words(TimeoutError()) == "TimeoutError"

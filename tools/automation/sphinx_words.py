"""The words after ``--``: options of sphinx-build with their values, and patterns."""

from __future__ import annotations

from collections.abc import Sequence

FLAGS_WITH_VALUE = "bjdcDAtw"
OPTIONS_WITH_VALUE = (
    "--builder",
    "--jobs",
    "--doctree-dir",
    "--conf-dir",
    "--define",
    "--html-define",
    "--tag",
    "--warning-file",
)


class WordError(Exception):
    """A word makes no sense; the message is one line."""


def only_options(words: Sequence[str]) -> list[str]:
    """The words, where each must belong to an option.

    :raises WordError: one does not.
    """
    options, others = split_words(words)
    if others:
        raise WordError(
            f"{others[0]!r} is no option of sphinx-build;"
            " to execute by pattern: nox -s docs_pattern -- REGEX"
        )
    return options


def split_words(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options with their values, and the other words.

    :raises WordError: an option lacks its value.
    """
    options: list[str] = []
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            others.append(word)
            continue
        options.append(word)
        if takes_next_word(word):
            value = next(rest, None)
            if value is None:
                raise WordError(f"{word} needs a value after it, as in -D name=value")
            options.append(value)
    return options, others


def takes_next_word(option: str) -> bool:
    """Whether the option's value is the next word: ``-D``, not ``-Dname=value``."""
    if option.startswith("--"):
        return option in OPTIONS_WITH_VALUE
    flags = option[1:]
    with_value = [flag in FLAGS_WITH_VALUE for flag in flags]
    return True in with_value and with_value.index(True) == len(flags) - 1

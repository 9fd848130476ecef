"""The words of ``docent_install``, and the ``%pip`` lines that are made of them. Pure.

``%pip`` is what Colab, JupyterLab, VS Code and JupyterLite all know, and installs into the
environment of the kernel wherever that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

_ADDRESS = re.compile(r"(git|hg|svn|bzr)\+[a-z]+://[^\s\"'$`\\]+|https?://[^\s\"'$`\\]+")
_WITH_VALUE = {"--index-url", "--extra-index-url", "--find-links", "--no-binary", "--only-binary"}
_FLAGS = {"--force-reinstall", "--no-build-isolation", "--no-deps", "--no-index", "--pre"}
_FLAGS |= {"--prefer-binary", "--upgrade"}
_SHORT = {"-i": "--index-url", "-f": "--find-links", "-U": "--upgrade"}
_OWN_INDEX = {"--index-url", "--no-index", "--no-deps", "--force-reinstall"}
"""Options that change what happens to everything in their command."""


@dataclass(frozen=True, slots=True)
class PipWords:
    """What one entry asks pip for.

    :param options: each with its value.
    :param packages: requirements and addresses.
    """

    options: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()

    @property
    def stands_alone(self) -> bool:
        """Whether its options must not count for others."""
        return any(option.partition(" ")[0] in _OWN_INDEX for option in self.options)


def parse_words(entries: Sequence[str]) -> PipWords:
    """Read what an entry says: options as on pip's command line, and what shall be installed.

    :raises ValueError: pip could not be asked for it.
    """
    words: list[str] = []
    for entry in entries:
        words += entry.split() if entry.startswith("-") else [entry.strip()]
    options: list[str] = []
    packages: list[str] = []
    rest = iter(words)
    for word in rest:
        if word.startswith("-"):
            options.append(_option(word, rest))
        else:
            packages.append(_package(word))
    return PipWords(tuple(options), tuple(packages))


def commands(asked: Iterable[PipWords]) -> list[str]:
    """The lines that install it: one, and before it one for each that has options of its own.

    What comes from an index of its own comes first, so that the others find it installed.
    """
    alone: dict[tuple[str, ...], list[str]] = {}
    options: list[str] = []
    packages: list[str] = []
    for entry in asked:
        if entry.stands_alone:
            alone.setdefault(entry.options, []).extend(entry.packages)
        else:
            options += entry.options
            packages += entry.packages
    lines = [_line(own, words) for own, words in alone.items() if words]
    return [*lines, _line(options, packages)] if packages else lines


def name_of(word: str) -> str | None:
    """The canonical name of the distribution that a word asks for; ``None`` for a bare address."""
    try:
        return canonicalize_name(Requirement(word).name)
    except InvalidRequirement:
        egg = re.search(r"#(?:.*&)?egg=([\w.-]+)", word)
        return canonicalize_name(egg[1]) if egg else None


def is_pinned(word: str) -> bool:
    """Whether a word always asks for the same: one version, or one commit."""
    try:
        requirement = Requirement(word)
    except InvalidRequirement:
        return _is_fixed(word)
    if requirement.url:
        return _is_fixed(requirement.url)
    return any(
        specifier.operator in ("==", "===") and not specifier.version.endswith("*")
        for specifier in requirement.specifier
    )


def _is_fixed(address: str) -> bool:
    if re.match(r"\w+\+", address):
        return re.search(r"@[0-9a-f]{40}(#|$)", address) is not None
    return "#sha256=" in address or address.partition("#")[0].endswith(".whl")


def _option(word: str, rest: Iterator[str]) -> str:
    name, equals, value = word.partition("=")
    name = _SHORT.get(name, name)
    if name in _FLAGS and not equals:
        return name
    if name not in _WITH_VALUE:
        known = ", ".join(sorted(_FLAGS | _WITH_VALUE))
        raise ValueError(f"{word!r} (the options are {known})")
    value = value if equals else next(rest, "")
    if not value or re.search(r"[\s\"'$`\\]", value):
        raise ValueError(f"{word!r} (it needs a value)")
    return f"{name} {value}"


def _package(word: str) -> str:
    if _ADDRESS.fullmatch(word):
        return word
    try:
        Requirement(word)
    except InvalidRequirement as error:
        raise ValueError(f"{word!r} ({str(error).splitlines()[0]})") from None
    return word


def _line(options: Iterable[str], packages: Iterable[str]) -> str:
    words = list(dict.fromkeys(packages))
    flags = [*options, "--pre"] if any(map(_is_prerelease, words)) else options
    return " ".join(["%pip install", *dict.fromkeys(flags), *map(_quoted, words)])


def _quoted(word: str) -> str:
    """The word in quotes if it needs any; double ones, which every shell knows."""
    if re.fullmatch(r"[\w.@%+=:,/#&~-]+", word) and "&" not in word and not word.startswith("#"):
        return word
    return f"'{word}'" if '"' in word else f'"{word}"'


def _is_prerelease(word: str) -> bool:
    """Whether a word pins a version that pip takes only when it is told to."""
    try:
        specifiers = Requirement(word).specifier
    except InvalidRequirement:
        return False
    for specifier in specifiers:
        try:
            if specifier.operator in ("==", "===") and Version(specifier.version).is_prerelease:
                return True
        except InvalidVersion:
            continue
    return False

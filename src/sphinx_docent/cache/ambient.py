"""What surrounds a process without being a file or a variable: time zone, locale, entry points.

They count for a tutorial whose own code, or a module of the project that it uses, asks for them.
Whether it does is read in its source: none of Python's events tells of it, and functions of C
code can't be watched.
"""

from __future__ import annotations

import configparser
import hashlib
import locale
import re
import time
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

from .distribution import Distribution

TIME_ZONE, LOCALE, ENTRY_POINTS = "time zone", "locale", "entry points"
AMBIENT = (TIME_ZONE, LOCALE, ENTRY_POINTS)
CONF = "conf.py: "
"""Begins the names of what ``conf.py`` does to a library, or to the :data:`VARIABLES`."""
VARIABLES = "variables"

_CLOCK = re.compile(r"\b(time|datetime|calendar|locale|gettext)\b")
_LOCAL_TIME = re.compile(
    r"\b(localtime|strftime|ctime|asctime|mktime|tzname|timezone|altzone|daylight|tzset"
    r"|astimezone|tzlocal)\b|\bfromtimestamp\b(?!\s*\([^()]*,)|\.\s*(today|timestamp)\s*\("
    r"|\.\s*now\b(?!\s*\(\s*(tz\s*=\s*)?(?!None)[^\s)])"
)
_WORDS = re.compile(
    r"\bimport\s+[\w\s,.]*\b(locale|gettext)\b|\bfrom\s+(locale|gettext)\b|\bsetlocale\b|%[aAbBcpxX]"
)
_SCRIPTS = ("console_scripts", "gui_scripts")


def is_ambient(name: str) -> bool:
    """Whether a text names something that surrounds a process."""
    return name in AMBIENT or (name.startswith(CONF) and name.removeprefix(CONF).isidentifier())


def done_by_conf(concerned: str) -> str:
    """The name of what ``conf.py`` does to a library, or to the :data:`VARIABLES`."""
    return f"{CONF}{concerned}"


def asked_for(source: str) -> set[str]:
    """Which of :data:`AMBIENT` a source may ask for by itself.

    Entry points are seen when they are read, and not here.
    """
    if not _CLOCK.search(source):
        return set()
    found = {TIME_ZONE} if _LOCAL_TIME.search(source) else set()
    return found | ({LOCALE} if _WORDS.search(source) else set())


def time_zone() -> str:
    """A digest of how this process tells local time: two names of one zone are the same."""
    months = product(range(2000, 2038), range(1, 13))
    told = [
        (local.tm_gmtoff, local.tm_zone)
        for local in (time.localtime(_seconds(*month)) for month in months)
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def locale_names(environ: Mapping[str, str]) -> str:
    """The locale that this process has, and the one that it would have if it asked for it."""
    names = sorted(name for name in dir(locale) if name.startswith("LC_") and name != "LC_ALL")
    has = [locale.setlocale(getattr(locale, name)) for name in names]
    wants = [environ.get("LC_ALL") or environ.get(name) or environ.get("LANG") for name in names]
    return hashlib.sha256(repr((has, wants, locale.getencoding())).encode()).hexdigest()


def entry_points(distributions: Iterable[Distribution]) -> str:
    """A digest of all entry points but commands: who asks for some reads the files of all."""
    found = []
    for entry in distributions:
        parser = configparser.ConfigParser(delimiters=("=",), interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        try:
            parser.read_string(Path(entry.info, "entry_points.txt").read_text(encoding="utf-8"))
        except (OSError, ValueError, configparser.Error):
            continue
        for group in parser.sections():
            if group not in _SCRIPTS:
                found.append((entry.name, group, sorted(parser.items(group))))
    return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()


def _seconds(year: int, month: int) -> int:
    return ((year - 1970) * 12 + month - 1) * 2629746

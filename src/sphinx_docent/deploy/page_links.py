"""Reads pages and style sheets: what they link to, and the anchors that they have."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser

from .site import Content, bytes_of

_LINKS = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href", "imagesrcset"),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_MANY = ("srcset", "imagesrcset")
# Most of a page, and nothing that matters here; ends of what is no markup inside must stay.
_PLAIN = re.compile(
    r"</(?!script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)\w+>"
    r'|<(?:span|li|ul|p|em|code|dd|dt|dl|strong|pre|div|td|tr)(?: class="[^"<>]*")?>'
)
_POOL = 200  # from so many pages on, other cores are worth their start


@dataclass(frozen=True, slots=True)
class Page:
    """What a file refers to.

    :param links: as they are written, each once, in order.
    :param anchors: what ``#…`` can lead to.
    """

    links: tuple[str, ...]
    anchors: frozenset[str] = frozenset()


class Reader:
    """Reads pages and style sheets, each content once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Content, Page]] = {}

    def pages(self, files: Mapping[str, Content]) -> dict[str, Page]:
        """Every page and style sheet among some files."""
        wanted = {path: data for path, data in files.items() if path.endswith((".html", ".css"))}
        new = {
            path: data
            for path, data in wanted.items()
            if path not in self._known or self._known[path][0] != data
        }
        for (path, data), page in zip(new.items(), _read_all(new), strict=True):
            self._known[path] = (data, page)
        return {path: self._known[path][1] for path in wanted}


def read_page(text: str) -> Page:
    """What a page of HTML refers to."""
    parser = _Parser()
    parser.feed(_PLAIN.sub("", text))
    parser.close()
    return Page(tuple(dict.fromkeys(parser.links)), frozenset(parser.anchors))


def read_style(text: str) -> Page:
    """What a style sheet refers to."""
    text = re.sub(r"(?s)/\*.*?\*/", "", text)
    found = re.finditer(
        r"""(?x) url\( \s* (?: "([^"]*)" | '([^']*)' | ([^\s"')]+) ) \s* \)
        | @import \s+ (?: "([^"]*)" | '([^']*)' )""",
        text,
    )
    return Page(tuple(dict.fromkeys(next(filter(None, m.groups()), "") for m in found)))


def _read_all(files: Mapping[str, Content]) -> list[Page]:
    if len(files) < _POOL or (os.cpu_count() or 1) < 2:
        return [_read(path, content) for path, content in files.items()]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_read, files, files.values(), chunksize=32))


def _read(path: str, content: Content) -> Page:
    text = bytes_of(content).decode("utf-8", "replace")
    return read_style(text) if path.endswith(".css") else read_page(text)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = _LINKS.get(tag, ())
        for name, value in attrs:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value or "")
            elif name in names and value is not None:
                self.links.extend(_sources(value) if name in _MANY else (value.strip(),))
        if tag == "meta":
            self._take_refresh(dict(attrs))

    def _take_refresh(self, attributes: Mapping[str, str | None]) -> None:
        if (attributes.get("http-equiv") or "").lower() == "refresh":
            _, mark, target = (attributes.get("content") or "").partition("url=")
            if mark:
                self.links.append(target.strip().strip("'\""))


def _sources(value: str) -> Iterator[str]:
    """The addresses of a ``srcset``, without their descriptors."""
    candidates = re.finditer(r"[\s,]*(\S*[^\s,])(?:\s+[^,]*)?", value)
    return (match[1] for match in candidates)

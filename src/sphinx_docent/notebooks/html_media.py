"""Pictures and videos in a piece of a page's HTML, as Markdown. Pure."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable
from html.parser import HTMLParser

_PICTURES = {"img": "src", "object": "data", "embed": "src"}
_ADDRESSES = {"iframe": "src", "source": "src", "video": "src", "audio": "src"}
_MUTE = {"script", "style", "template", "noscript"}


Address = Callable[[str], str]

_EMBEDS = re.compile(r"(?is)<(iframe|video|audio|object)\b.*?</\1\s*>|<(?:img|embed)\b[^<>]*>")


def with_media(text: str, picture: Address, address: Address) -> str:
    """HTML whose pictures come along, and whose videos are links.

    Readers take frames away, and know no address that is relative to the page.
    """

    def replaced(match: re.Match[str]) -> str:
        if re.match(r"""<img\b[^<>]*\bsrc=["']?(https?|data):""", match[0], re.IGNORECASE):
            return match[0]
        media = Media(picture, address)
        media.feed(match[0])
        return " ".join(media.shown)

    return _EMBEDS.sub(replaced, text)


class Media(HTMLParser):
    """What a reader of some HTML sees.

    :param picture: gives the address of a picture of the page for the notebook, or nothing.
    :param address: gives the address of anything else that the page embeds, on the published site.
    """

    def __init__(self, picture: Address, address: Address) -> None:
        super().__init__()
        self._picture = picture
        self._address = address
        self._mute = 0
        self._drawing = 0
        self._is_icon = False
        self._drawn: list[str] = []
        self._poster = ""
        self.shown: list[str] = []
        self.words: list[str] = []
        self.lost: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "svg":
            self._drawing += 1
            if self._drawing == 1:
                self._is_icon = values.get("aria-hidden") == "true"
        if self._drawing:
            self._drawn.append(self.get_starttag_text() or "")
            return
        self._mute += tag in _MUTE
        if tag in _PICTURES:
            self._show(values, values.get(_PICTURES[tag], ""), tag)
        elif tag in _ADDRESSES:
            self._link(values, tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._drawing:
            self._drawn.append(self.get_starttag_text() or "")
        else:
            self.handle_starttag(tag, attrs)
            self._mute -= tag in _MUTE

    def handle_endtag(self, tag: str) -> None:
        if self._drawing:
            self._drawn.append(f"</{tag}>")
            self._drawing -= tag == "svg"
            if not self._drawing and not self._is_icon:
                picture = base64.b64encode("".join(self._drawn).encode()).decode()
                self.shown.append(f'<img src="data:image/svg+xml;base64,{picture}" alt="">')
            self._drawn = self._drawn if self._drawing else []
        else:
            self._mute -= tag in _MUTE and self._mute > 0

    def handle_data(self, data: str) -> None:
        if self._drawing:
            self._drawn.append(html.escape(data, quote=False))
        elif not self._mute and data.strip():
            self.words.append(data.strip())

    def _show(self, values: dict[str, str], uri: str, tag: str) -> None:
        if tag == "object" and "svg" not in f"{values.get('type', '')}{uri}":
            self._link({"src": uri}, tag)
            return
        shown = self._picture(uri) if uri else ""
        if not shown:
            self.lost.append(uri or tag)
            return
        sizes = [
            f' {name}="{html.escape(values[name])}"'
            for name in ("width", "height")
            if values.get(name, "").removesuffix("px").isdecimal()
        ]
        alt = html.escape(" ".join(values.get("alt", "").split()))
        self.shown.append(f'<img src="{shown}" alt="{alt}"{"".join(sizes)}>')

    def _link(self, values: dict[str, str], tag: str) -> None:
        uri = values.get("src", "")
        if values.get("poster"):
            self._poster = self._picture(values["poster"])
        if not uri:
            return  # a source follows
        address = self._address(uri)
        if not address:
            self.lost.append(uri)
        elif self._poster:
            preview = f'<img src="{self._poster}" alt="{tag}">'
            self.shown.append(f'<a href="{html.escape(address)}">{preview}</a>')
            self._poster = ""
        else:
            shown = html.escape(address)
            self.shown.append(f'<a href="{shown}">{shown}</a>')

"""Pictures and videos in HTML come along; what only decorates does not."""

from __future__ import annotations

import base64

import pytest

from sphinx_docent.notebooks.html_media import Media, with_media


def shown(text: str) -> list[str]:
    media = Media(lambda uri: f"PICTURE:{uri}", lambda uri: f"https://e.org/{uri}")
    media.feed(text)
    return media.shown


LINK = '<a href="https://e.org/a.mp4">'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<img src="a.png" alt="A" width="3">', '<img src="PICTURE:a.png" alt="A" width="3">'),
        ('<object data="a.svg" type="image/svg+xml"></object>', '<img src="PICTURE:a.svg" alt="">'),
        ('<video><source src="a.mp4"></video>', f"{LINK}https://e.org/a.mp4</a>"),
        (
            '<video poster="p.png" src="a.mp4"></video>',
            f'{LINK}<img src="PICTURE:p.png" alt="video"></a>',
        ),
    ],
)
def test_what_is_embedded_is_a_picture_or_a_link(text: str, wanted: str) -> None:
    assert shown(text) == [wanted]


def test_drawings_come_along_and_icons_do_not() -> None:
    drawing = '<svg viewBox="0 0 1 1"><g><svg/></g><text>a &lt; b</text></svg>'
    (found,) = shown(f'<svg aria-hidden="true"><path/></svg>{drawing}')
    assert base64.b64decode(found.partition("base64,")[2].partition('"')[0]).decode() == drawing


def test_html_keeps_all_but_its_frames_and_relative_pictures() -> None:
    text = '<p>a <iframe src="f"></iframe> <img src="https://x/b.png"> <img src="c.png"> d</p>'
    link = '<a href="https://e.org/f">https://e.org/f</a>'
    wanted = f'<p>a {link} <img src="https://x/b.png"> <img src="P:c.png" alt=""> d</p>'
    assert with_media(text, lambda uri: f"P:{uri}", lambda uri: f"https://e.org/{uri}") == wanted

"""Everything that a page or a style sheet loads is a link."""

from __future__ import annotations

from sphinx_docent.deploy.page_links import Reader, read_page, read_style


def test_everything_that_a_page_loads_is_a_link() -> None:
    page = read_page(
        """<!DOCTYPE html><html><head><link rel=stylesheet href=a.css><script src="b.js">
        if (a < b) document.write('<a href="not.html">');
        </script><meta http-equiv="refresh" content="0; url=c.html">
        <meta name="x" content="url=not.html"></head>
        <!-- <a href="not.html"> --><A HREF='d.html?a=1&amp;b=2'>d</A><img src="e.png"
        srcset="f,1.png 1x, g.png 2x, data:x 3x"><video poster="h.png"><source src="i.mp4"></video>
        <form action="j.html"></form><svg><use href="#k"></use></svg><object data="l.svg"></object>
        <span class="n" id="m">m</span><a name="n"></a><div id="o&amp;p"></div></html>"""
    )
    assert page.links == (
        *("a.css", "b.js", "c.html", "d.html?a=1&b=2", "e.png", "f,1.png", "g.png", "data:x"),
        *("h.png", "i.mp4", "j.html", "#k", "l.svg"),
    )
    assert page.anchors == {"m", "n", "o&p"}


def test_everything_that_a_style_sheet_loads_is_a_link() -> None:
    style = read_style(
        """@import "a.css"; /* url(not.png) */ p { background: url( 'b c.png' ) }
        @font-face { src: url(d.woff2) format("woff2"), url("e.woff") }"""
    )
    assert style.links == ("a.css", "b c.png", "d.woff2", "e.woff")


def test_many_pages_are_read_as_few_are() -> None:
    texts = {f"{number}.html": f'<a href="{number}.css" id="x{number}">' for number in range(300)}
    reader = Reader()
    for _ in range(2):
        found = reader.pages({path: text.encode() for path, text in texts.items()})
        assert list(found) == list(texts)
        assert all(found[path] == read_page(text) for path, text in texts.items())
    (page,) = reader.pages({"0.html": b"other"}).values()
    assert page == read_page("other")

"""Pages that lead on from an address that was given up. Needs no Sphinx."""

from __future__ import annotations

import html
import json

MARK = '<meta name="generator" content="sphinx-docent">'
"""By which a page that was written here is known again."""


def redirect_page(target: str) -> str:
    """A page that leads on at once, with the query and the anchor of its own address.

    :param target: relative to the page.
    """
    link = html.escape(target, quote=True)
    # In a script only the end of an element could be mistaken.
    place = json.dumps(target.partition("#")[0]).replace("<", "\\u003c")
    anchor = json.dumps(target.partition("#")[2]).replace("<", "\\u003c")
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{MARK}
<meta name="robots" content="noindex">
<title>This page has moved</title>
<link rel="canonical" href="{link}">
<link rel="icon" href="data:,">
<script>
const anchor = location.hash || ({anchor} && "#" + {anchor});
location.replace({place} + location.search + anchor);
</script>
<noscript><meta http-equiv="refresh" content="0; url={link}"></noscript>
</head>
<body>
<p>This page has moved <a href="{link}">here</a>.</p>
</body>
</html>
"""

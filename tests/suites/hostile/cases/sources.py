"""A tutorial's bytes cannot end a build or a precheck: each is one diagnostic at its own file."""

from __future__ import annotations

from ..harness.model import SOURCES, Gallery, Tutorial, Want

HEAD = '"""\nTitle\n=====\n\nText.\n"""\n'


def latin(text: str) -> bytes:
    """Latin-1."""
    return text.encode("latin-1")


BAD = {
    "latin_bytes": latin(HEAD) + b"x = 'caf\xe9'\n",
    "latin_bytes_in_title": b'"""\nCaf\xe9\n====\n"""\nx = 1\n',
    "latin_bytes_in_comment": HEAD.encode() + b"# %%\n# caf\xe9\n\nx = 1\n",
    "stray_bytes_at_end": HEAD.encode() + b"x = 1\n\xff\xfe\xfd",
    "utf16": (HEAD + "x = 1\n").encode("utf-16"),
    "utf16_without_bom": (HEAD + "x = 1\n").encode("utf-16-le"),
    "utf32": (HEAD + "x = 1\n").encode("utf-32"),
    "unknown_cookie": b"# -*- coding: klingon -*-\n" + HEAD.encode() + b"x = 1\n",
    "wrong_cookie": b"# coding: ascii\n" + HEAD.encode() + "x = 'é'\n".encode(),
    "bom_and_other_cookie": b"\xef\xbb\xbf# coding: latin-1\n" + HEAD.encode() + b"x = 1\n",
    "cookie_of_no_text": b"# coding: rot13\n" + HEAD.encode() + b"x = 1\n",
    "cookie_of_base64": b"# coding: base64\n" + HEAD.encode() + b"x = 1\n",
    "encoded_surrogate": HEAD.encode() + b"x = '\xed\xb3\xbf'\n",
    "overlong": HEAD.encode() + b"x = '\xc0\xaf'\n",
    "nul": HEAD.encode() + b"x = 1\n\0\n",
    "nul_in_docstring": b'"""\nTitle\0\n======\n"""\nx = 1\n',
    "nul_at_end": HEAD.encode() + b"x = 1\n" + bytes(4096),
    "binary": bytes(range(256)) * 16,
    "elf": b"\x7fELF\x02\x01\x01" + bytes(200),
    "empty": b"",
    "only_spaces": b"  \n\n  \n",
    "only_comment": b"# nothing\n",
    "only_bom": b"\xef\xbb\xbf",
    "no_docstring": b"x = 1\n",
    "empty_docstring": b'""" """\nx = 1\n',
    "docstring_of_bytes": b'b"""\nTitle\n=====\n"""\nx = 1\n',
    "formatted_docstring": b'f"""\nTitle\n=====\n"""\nx = 1\n',
    "only_adornment": b'"""\n=====\n=====\n"""\nx = 1\n',
    "open_docstring": b'"""\nTitle\n=====\nx = 1\n',
    "mixed_tabs": HEAD.encode() + b"if 1:\n        x = 1\n\ty = 2\n",
    "syntax": HEAD.encode() + b"a = = 5\n",
    "return_outside": HEAD.encode() + b"return 5\n",
    "open_string": HEAD.encode() + b"x = '''\n",
    "null_conversion": HEAD.encode() + b"x = '\\N{NO SUCH CHARACTER}'\n",
    "escape_in_syntax_error": HEAD.encode() + b"x = \x1b[31m\n",
    "long_line_of_syntax_error": HEAD.encode() + b"x = (" + b"1, " * 300_000 + b"= 5)\n",
}

GOOD = {
    "utf8_bom": b"\xef\xbb\xbf" + HEAD.encode() + "x = 'é'\nprint('output', x)\n".encode(),
    "latin_cookie": b"# -*- coding: latin-1 -*-\n" + latin(HEAD) + b"x = 'caf\xe9'\n",
    "latin_cookie_second_line": b"#!/usr/bin/python\n# vim: set fileencoding=latin1 :\n"
    + latin(HEAD)
    + b"x = 'caf\xe9'\n",
    "windows_cookie": b"# coding: cp1252\n" + latin(HEAD) + b"x = '\x80'\n",
    "utf16_cookie": b"# coding: utf-16\n" + HEAD.encode() + b"x = 1\n",
    "crlf": HEAD.replace("\n", "\r\n").encode() + b"x = 1\r\n",
    "cr": HEAD.replace("\n", "\r").encode() + b"x = 1\r",
    "no_last_line_end": HEAD.encode() + b"x = 1",
    "form_feed": HEAD.encode() + b"\x0c\nx = 1\n",
    "control_z": HEAD.encode() + b"x = 1\n# \x1a\n",
    "vertical_tab_in_string": HEAD.encode()
    + b"x = '''a\x0b\x1c\x85b'''\n".replace(b"\x85", b"\xc2\x85"),
    "line_separators": HEAD.encode() + "x = 'a\u2028b\u2029c'\n1 / 1\n".encode(),
    "right_to_left": HEAD.encode() + "x = '\u202e abc'  # \u2066\n".encode(),
    "long_title": b'"""\n' + b"T" * 10_000 + b"\n" + b"=" * 10_000 + b'\n"""\nx = 1\n',
    "long_line": HEAD.encode() + b"x = [" + b"1, " * 100_000 + b"]\n",
    "many_blocks": HEAD.encode() + b"# %%\n# text\n\nx = 1\n\n" * 500,
    "shebang": b"#!/usr/bin/env python\n" + HEAD.encode() + b"x = 1\n",
}

DEEP = {
    "unary_minuses": "x = " + "-" * 100_000 + "1\n",
    "nots": "x = " + "not " * 100_000 + "1\n",
    "inversions": "x = " + "~" * 100_000 + "1\n",
    "parentheses": "x = " + "(" * 100_000 + ")" * 100_000 + "\n",
    "parentheses_180": "x = " + "(" * 180 + "1" + ")" * 180 + "\n",
    "lists": "x = " + "[" * 100_000 + "]" * 100_000 + "\n",
    "sum": "x = " + " + ".join("1" * 50_000) + "\n",
    "attributes": "x = 1\ny = x" + ".real" * 50_000 + "\n",
    "calls": "def f():\n    return f\nx = f" + "()" * 50_000 + "\n",
    "powers": "x = " + "1 ** " * 50_000 + "1\n",
    "lambdas": "x = " + "lambda: " * 20_000 + "1\n",
    "conditions": "x = " + "1 if 1 else " * 20_000 + "1\n",
    "comparisons": "x = " + "1 < " * 50_000 + "2\n",
    "blocks": "".join(f"{' ' * n}if 1:\n" for n in range(150)) + " " * 150 + "x = 1\n",
    "loops": "".join(f"{' ' * n}for _ in (1,):\n" for n in range(30)) + " " * 30 + "x = 1\n",
    "elifs": "if 0:\n    x = 1\n" + "elif 0:\n    x = 1\n" * 5_000,
    "strings": "x = (" + "'a' " * 100_000 + ")\n",
    "formatted": "x = " + "f'{" * 100 + "1" + "}'" * 100 + "\n",
    "long_number": "x = " + "9" * 100_000 + "\n",
    "names": "import os\n" + "os.path.join\n" * 3_000,
}


def with_head(code: str) -> bytes:
    """A whole file."""
    return (HEAD + code).encode()


CASES = [
    Gallery(
        "bad bytes",
        SOURCES,
        tuple(
            Tutorial(f"bytes_{name}", data, Want.DIAGNOSE, whole=True) for name, data in BAD.items()
        ),
        builders=("precheck", "html"),
        limit=90,
    ),
    Gallery(
        "good bytes",
        SOURCES,
        tuple(
            Tutorial(f"good_{name}", data, Want.DIAGNOSE_OR_PASS, whole=True)
            for name, data in GOOD.items()
        ),
        builders=("precheck", "html"),
        limit=90,
    ),
    Gallery(
        "deep",
        SOURCES,
        tuple(
            Tutorial(f"deep_{name}", with_head(code), Want.DIAGNOSE_OR_PASS, whole=True)
            for name, code in DEEP.items()
        ),
        builders=("precheck", "html"),
        limit=120,
    ),
]

"""From a resolved doctree to the Markdown of a notebook's cell.

A block function gives a list of Markdown blocks, an inline function one string. Both are looked
up by the names of a node's class and its bases, so that nodes of extensions that may not be
installed can be named too. A node that nobody names gives its children, or its text.

What the two readers ask for beyond GitHub's rules: JupyterLab looks for ``$``, ``\\begin{`` and a
doubled backslash before a bracket ahead of parsing Markdown, and neither knows footnotes,
definition lists or admonitions.
"""

from __future__ import annotations

import html
import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from docutils import nodes
from sphinx.locale import admonitionlabels

from ._markdown_tables import table_blocks

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Context:
    """What a node's surroundings decide about its Markdown."""

    level: int
    resolve_uri: Callable[[nodes.reference], str | None]
    resolve_image: Callable[[nodes.image], str]
    in_link: bool = False
    in_quote: bool = False

    def uri(self, node: nodes.Node) -> str:
        """Where the reference leads: nowhere, if it stands in another link."""
        if self.in_link or not isinstance(node, nodes.reference):
            return ""
        return self.resolve_uri(node) or ""


def to_markdown(
    nodes: Sequence[nodes.Node],
    *,
    heading_level: int,
    resolve_uri: Callable[[nodes.reference], str | None],
    resolve_image: Callable[[nodes.image], str],
) -> str:
    """The nodes as GitHub-flavoured Markdown that Colab and JupyterLab show.

    :param nodes: nodes of a resolved doctree, in order.
    :param heading_level: the level, from 1, of a title among the nodes. The title of a section
        among them is one level deeper, and so on inwards; 6 is the deepest.
    :param resolve_uri: the absolute address of a reference; ``None`` keeps the text alone.
    :param resolve_image: the address of an image, whose ``uri`` counts from the source directory.
    :returns: the Markdown, without a newline at its end; empty if the nodes show nothing.
    """
    return _joined(_blocks(nodes, _Context(heading_level, resolve_uri, resolve_image)))


def _named(table: Mapping[str, _T], node: nodes.Node) -> _T | None:
    names = (cls.__name__ for cls in type(node).__mro__)
    return next((table[name] for name in names if name in table), None)


def _is_hidden(node: nodes.Node) -> bool:
    if isinstance(node, nodes.raw):
        return "html" not in str(node.get("format", "")).split()
    if isinstance(node, nodes.Element) and "toctree-wrapper" in node["classes"]:
        return True
    return type(node).__name__ in _HIDDEN


# Blocks


def _blocks(children: Iterable[nodes.Node], context: _Context) -> list[str]:
    visible = (child for child in children if not _is_hidden(child))
    blocks: list[str] = []
    for inline, run in groupby(visible, _is_inline):
        if inline:
            text = _line_start(_line(run, context))
            blocks += [text] if text else []
        else:
            blocks += [block for node in run for block in _block(node, context)]
    return blocks


def _is_inline(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text | nodes.Inline) and _named(_BLOCKS, node) is None


def _block(node: nodes.Node, context: _Context) -> list[str]:
    render = _named(_BLOCKS, node)
    if render is not None and isinstance(node, nodes.Element):
        return render(node, context)
    return _blocks(node.children or [nodes.Text(node.astext())], context)


def _joined(blocks: Iterable[str]) -> str:
    """Blank lines between the blocks; neighbouring lists do not grow together."""
    apart: list[str] = []
    for block in blocks:
        if apart and _list_kind(block) and _list_kind(block) == _list_kind(apart[-1]):
            apart.append("<!-- -->")
        apart.append(block)
    return "\n\n".join(apart)


def _list_kind(block: str) -> str:
    marker = re.match(r"(-|\d+[.)])(?:\s|$)", block)
    return marker[1][-1] if marker else ""


def _children(node: nodes.Element, context: _Context) -> list[str]:
    return _blocks(node.children, context)


def _section(node: nodes.Element, context: _Context) -> list[str]:
    return _blocks(node.children, replace(context, level=context.level + 1))


def _title(node: nodes.Element, context: _Context) -> list[str]:
    if not isinstance(node.parent, nodes.section | nodes.document | None):
        return _bold(node, context)
    text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", _line(node.children, context))
    return [f"{'#' * min(context.level, 6)} {text}"] if text else []


def _bold(node: nodes.Element, context: _Context) -> list[str]:
    text = _wrapped(_line(node.children, context), "**")
    return [text] if text else []


def _container(node: nodes.Element, context: _Context) -> list[str]:
    return (_bold if "sd-card-title" in node["classes"] else _children)(node, context)


def _label(node: nodes.Element, context: _Context) -> list[str]:
    """The words of a label that also holds icons."""
    words = [text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.raw)]
    return _bold(nodes.strong("", "", *(nodes.Text(word) for word in words)), context)


def _caption(node: nodes.Element, context: _Context) -> list[str]:
    if isinstance(node.parent, nodes.container):
        return _bold(node, context)
    text = _wrapped(_line(node.children, context), "*")
    return [text] if text else []


def _transition(_node: nodes.Element, _context: _Context) -> list[str]:
    return ["---"]


def _quote(node: nodes.Element, context: _Context) -> list[str]:
    return _quoted(_blocks(node.children, replace(context, in_quote=True)))


def _quoted(blocks: Sequence[str]) -> list[str]:
    text = _joined(blocks)
    return [re.sub(r"(?m)^(?=(.?))", lambda m: "> " if m[1] else ">", text)] if text else []


def _attribution(node: nodes.Element, context: _Context) -> list[str]:
    return [f"— {_line(node.children, context)}"]


def _admonition(node: nodes.Element, context: _Context) -> list[str]:
    """A quote that begins with the name of its kind, or with the title that it holds."""
    kind = admonitionlabels.get(type(node).__name__)
    if kind is None:
        return _quote(node, context)
    inside = replace(context, in_quote=True)
    return _quoted(_headed(f"**{kind}:**", " ", node.children, inside))


def _headed(
    head: str, between: str, children: Sequence[nodes.Node], context: _Context
) -> list[str]:
    """A head and the children's blocks; a paragraph at their beginning joins the head."""
    shown = [child for child in children if not _is_hidden(child)]
    blocks = _blocks(shown, context)
    if head and blocks and isinstance(shown[0], nodes.paragraph | nodes.Text):
        return [f"{head}{between}{blocks[0]}", *blocks[1:]]
    return [block for block in (head, *blocks) if block]


def _footnote(node: nodes.Element, context: _Context) -> list[str]:
    labels = [child for child in node.children if isinstance(child, nodes.label)]
    body = [child for child in node.children if child not in labels]
    text = f"[{_escaped(''.join(label.astext() for label in labels), in_link=True)}]"
    head = f"**{text}**" if isinstance(node, nodes.citation) else f"<sup>{text}</sup>"
    return _headed(head, " ", body, context)


def _bullet_list(node: nodes.Element, context: _Context) -> list[str]:
    return _listed([("-", _block(item, context)) for item in node.children])


def _enumerated_list(node: nodes.Element, context: _Context) -> list[str]:
    end = ")" if node.get("suffix") == ")" else "."
    items = enumerate(node.children, int(node.get("start", 1)))
    return _listed([(f"{number}{end}", _block(item, context)) for number, item in items])


def _columns(node: nodes.Element, context: _Context) -> list[str]:
    items = [item for column in node.children for part in column.children for item in part.children]
    return _listed([("-", _block(item, context)) for item in items])


def _definition_list(node: nodes.Element, context: _Context) -> list[str]:
    return _listed([("-", _definition(item, context)) for item in node.children])


def _definition(item: nodes.Node, context: _Context) -> list[str]:
    parts = {kind: [part for part in item.children if isinstance(part, kind)] for kind in _PARTS}
    terms = [text for term in parts[nodes.term] for text in _bold(term, context)]
    kinds = [_wrapped(_line(kind.children, context), "*") for kind in parts[nodes.classifier]]
    body = [child for part in parts[nodes.definition] for child in part.children]
    return _headed(" : ".join([", ".join(terms), *kinds]), "<br>\n", body, context)


_PARTS: tuple[type[nodes.Element], ...] = (nodes.term, nodes.classifier, nodes.definition)


def _field_list(node: nodes.Element, context: _Context) -> list[str]:
    return _listed([("-", _field(field, context)) for field in node.children])


def _field(field: nodes.Node, context: _Context) -> list[str]:
    name = _line(field.children[:1], context)
    body = [child for part in field.children[1:] for child in part.children]
    return _headed(_wrapped(f"{name}:", "**"), " ", body, context)


def _option_list(node: nodes.Element, context: _Context) -> list[str]:
    return _listed([("-", _option(item, context)) for item in node.children])


def _option(item: nodes.Node, context: _Context) -> list[str]:
    options = [option for group in item.children[:1] for option in group.children]
    names = ", ".join(_code_span(option.astext()) for option in options)
    body = [child for part in item.children[1:] for child in part.children]
    return _headed(names, "<br>\n", body, context)


def _listed(items: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """One list of markers and their blocks, tight if no item needs a blank line."""
    tight = all(_is_tight(blocks) for _, blocks in items)
    rows = []
    for marker, blocks in items:
        body = "\n".join(blocks) if tight else _joined(blocks)
        margin = " " * (len(marker) + 1)
        rows.append(f"{marker} " + re.sub(r"\n(?!\n|$)", "\n" + margin, body) if body else marker)
    return [("\n" if tight else "\n\n").join(rows)] if rows else []


def _is_tight(blocks: Sequence[str]) -> bool:
    """Whether the blocks are one, or a text and the kind of list that may follow at once."""
    if any("\n\n" in block or "```" in block for block in blocks):
        return False
    return len(blocks) < 2 or (
        len(blocks) == 2
        and not blocks[0].startswith("<")
        and not _list_kind(blocks[0])
        and re.match(r"(-|1[.)]) \S", blocks[1]) is not None
    )


def _line_block(node: nodes.Element, context: _Context) -> list[str]:
    return ["<br>\n".join(_lines(node, context))] if node.children else []


def _lines(block: nodes.Node, context: _Context) -> Iterator[str]:
    for line in block.children:
        if isinstance(line, nodes.line_block):
            yield from (f"{'&nbsp;' * 4}{text}" for text in _lines(line, context))
        else:
            yield _line_start(_line(line.children, context)) or "&nbsp;"


def _literal_block(node: nodes.Element, _context: _Context) -> list[str]:
    language = str(node.get("language", ""))
    return _fenced(node.astext(), "" if language in {"default", "guess", "none"} else language)


def _doctest_block(node: nodes.Element, _context: _Context) -> list[str]:
    return _fenced(node.astext(), "pycon")


def _fenced(code: str, language: str = "") -> list[str]:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", code))])
    info = language.split()[0].replace("`", "") if language.strip() else ""
    return ["\n".join([fence + info, code.strip("\n"), fence])]


def _production_list(node: nodes.Element, _context: _Context) -> list[str]:
    rules = []
    for rule in node.children:
        text = rule.astext().strip()
        name = rule.get("tokenname", "") if isinstance(rule, nodes.Element) else ""
        rules.append(text if "::=" in text or not name else f"{name} ::= {text}")
    return _fenced("\n".join(rules))


def _description(node: nodes.Element, context: _Context) -> list[str]:
    """The signatures of an object as code, then what is said about it."""
    lines = [child for child in node.children if type(child).__name__ == "desc_signature"]
    domain = str(node.get("domain", ""))
    language = {"py": "python", "js": "javascript", "std": "", "rst": ""}.get(domain, domain)
    signatures = _fenced("\n".join(_signature(line) for line in lines), language) if lines else []
    return signatures + _blocks([child for child in node.children if child not in lines], context)


def _signature(node: nodes.Node) -> str:
    parts = [child for child in node.children if not isinstance(child, nodes.reference)]
    multiline = any(type(part).__name__ == "desc_signature_line" for part in parts)
    return ("\n" if multiline else "").join(part.astext() for part in parts)


def _math_block(node: nodes.Element, context: _Context) -> list[str]:
    text = re.sub(r"\n\s*\n", "\n\n", node.astext().strip())
    environment = re.match(r"\\begin\{(align|eqnarray|equation|flalign|gather|multline)", text)
    as_it_is = environment or node.get("nowrap") or node.get("no-wrap")
    if not as_it_is:
        parts = [
            rf"\begin{{aligned}}{part}\end{{aligned}}" if r"\\" in part else part
            for part in text.split("\n\n")
        ]
        text = " \\\\\n".join(parts)
        text = rf"\begin{{aligned}}{text}\end{{aligned}}" if len(parts) > 1 else text
        text += rf" \tag{{{node['number']}}}" if node.get("number") else ""
    text = text.replace("\n\n", "\n")
    if context.in_quote:
        # JupyterLab would take the marks of a quote's further lines for a part of the formula.
        return [f"$${_on_one_line(text)}$$"] if text else []
    return [f"$$\n{text}\n$$"] if text else []


def _raw_block(node: nodes.Element, _context: _Context) -> list[str]:
    text = node.astext().strip()
    text = text if "<pre" in text else re.sub(r"\n\s*\n", "\n", text)
    return [text] if text else []


def _table(node: nodes.Element, context: _Context) -> list[str]:
    return table_blocks(
        node,
        inline=lambda children: _line(children, context),
        blocks=lambda children: _joined(_blocks(children, context)),
    )


def _image_block(node: nodes.Element, context: _Context) -> list[str]:
    return [_image(node, context)]


_HIDDEN = {
    "comment",
    "highlightlang",
    "index",
    "meta",
    "pending",
    "sd_tab_input",
    "substitution_definition",
    "system_message",
    "tabular_col_spec",
    "toctree",
}

_BLOCKS: Mapping[str, Callable[[nodes.Element, _Context], list[str]]] = {
    "Admonition": _admonition,
    "attribution": _attribution,
    "block_quote": _quote,
    "bullet_list": _bullet_list,
    "caption": _caption,
    "centered": _bold,
    "citation": _footnote,
    "container": _container,
    "definition_list": _definition_list,
    "desc": _description,
    "doctest_block": _doctest_block,
    "dropdown_title": _label,
    "enumerated_list": _enumerated_list,
    "field_list": _field_list,
    "footnote": _footnote,
    "hlist": _columns,
    "imgsgnode": _image_block,
    "line_block": _line_block,
    "literal_block": _literal_block,
    "math_block": _math_block,
    "option_list": _option_list,
    "productionlist": _production_list,
    "raw": _raw_block,
    "rubric": _bold,
    "sd_tab_label": _label,
    "section": _section,
    "sidebar": _quote,
    "subtitle": _bold,
    "table": _table,
    "title": _title,
    "topic": _quote,
    "transition": _transition,
    "versionmodified": _children,
}


# Inside a line


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line: Markdown; or text still to be escaped; or Markdown to put marks around."""

    text: str
    is_plain: bool = False
    mark: str = ""

    @property
    def start(self) -> str:
        return self.mark or self.text

    @property
    def end(self) -> str:
        return self.mark[-1:] or self.text[-1:]


def _inlines(children: Iterable[nodes.Node], context: _Context) -> str:
    pieces: list[_Piece] = []
    for plain, run in groupby(_leaves(children, context), lambda n: isinstance(n, nodes.Text)):
        if plain:
            text = "".join(node.astext() for node in run)
            pieces.append(_Piece(re.sub(r"[ \t\n\r\f\v]+", " ", text), is_plain=True))
        else:
            pieces += [_piece(node, context) for node in run]
    return _assembled([piece for piece in pieces if piece.text], context.in_link)


def _line(children: Iterable[nodes.Node], context: _Context) -> str:
    return _inlines(children, context).strip(" ")


def _leaves(children: Iterable[nodes.Node], context: _Context) -> Iterator[nodes.Node]:
    """The nodes that say something by themselves; others are looked through."""
    for node in children:
        if _is_hidden(node):
            continue
        if isinstance(node, nodes.Text) or _mark(node) or _is_rendered(node, context):
            yield node
            continue
        space = [] if isinstance(node, nodes.Inline) else [nodes.Text(" ")]
        inner = node.children or [nodes.Text(node.astext())]
        yield from (*space, *_leaves(inner, context), *space)


def _is_rendered(node: nodes.Node, context: _Context) -> bool:
    if isinstance(node, nodes.reference):
        return context.uri(node) != ""
    if isinstance(node, nodes.literal) and "compound" in node["classes"]:
        return False
    return _named(_INLINES, node) is not None


def _mark(node: nodes.Node) -> str:
    if type(node) is nodes.inline:
        return "**" if _BOLD_CLASSES & set(node["classes"]) else ""
    return (
        _named({"emphasis": "*", "manpage": "*", "strong": "**", "title_reference": "*"}, node)
        or ""
    )


_BOLD_CLASSES = {"guilabel", "menuselection", "versionmodified"}


def _piece(node: nodes.Node, context: _Context) -> _Piece:
    mark = _mark(node)
    if mark:
        return _Piece(_inlines(node.children, context), mark=mark)
    render = _named(_INLINES, node)
    return _Piece(render(node, context) if render and isinstance(node, nodes.Element) else "")


def _assembled(pieces: Sequence[_Piece], in_link: bool) -> str:
    """The pieces as one line, each written as its neighbours allow."""
    line = ""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1].end if number else ""
        after = pieces[number + 1].start if number + 1 < len(pieces) else ""
        text = piece.text
        if piece.is_plain:
            text = _escaped(text, before, after, in_link=in_link)
        elif piece.mark:
            text = _wrapped(text, piece.mark, before, after)
        if text[:1] == line[-1:] and text[:1] in ("`", "$", "*"):
            line += "<!-- -->"
        line += text
    return line


def _wrapped(text: str, mark: str, before: str = "", after: str = "") -> str:
    """The text in emphasis (``*``) or strong (``**``), as HTML where the marks would not count."""
    inner = text.strip(" ")
    if inner != text:
        left, _, right = text.partition(inner) if inner else (text, "", "")
        return left + _wrapped(inner, mark, left or before, right or after) + right
    if not text:
        return ""
    clear = _sets_apart(before[-1:]) and _sets_apart(after[:1])
    if clear and not re.search(r"(?<!\\)\*", text):
        return f"{mark}{text}{mark}"
    tag = "em" if mark == "*" else "strong"
    return f"<{tag}>{text}</{tag}>"


def _sets_apart(char: str) -> bool:
    return char not in ("*", "~") and (
        not char
        or char.isspace()
        or char in string.punctuation
        or unicodedata.category(char)[0] == "P"
    )


def _escaped(text: str, before: str = "", after: str = "", *, in_link: bool = False) -> str:
    """The text so that Markdown shows the same characters.

    :param before: what stands before it in its line, or its last character.
    :param after: what stands after it, or its first characters.
    """

    def escape(match: re.Match[str]) -> str:
        run = match[0]
        return _escaped_run(
            run, text[: match.start()] or before, text[match.end() :] or after, in_link
        )

    return re.sub(_SPECIAL, escape, text)


# The last four: what makes a link of a bare address, in which escapes would not count.
_SPECIAL = (
    r"\*+|_+|~+|[\\`$<&!\[\]]"
    r"|(?<=http):(?=//)|(?<=https):(?=//)|(?<=ftp):(?=//)|(?<=www)\."
)


def _escaped_run(run: str, ahead: str, rest: str, in_link: bool) -> str:
    previous, following = ahead[-1:], rest[:1]
    spaced = bool(ahead.strip() and rest.strip()) and previous.isspace() and following.isspace()
    match run[0]:
        case "\\":
            special = not rest.strip() or following in string.punctuation
            return "&#92;" if special or rest.startswith(("begin{", "end{")) else run
        case "*":
            needed = not spaced
        case "_":
            needed = not spaced and not (previous.isalnum() and following.isalnum())
        case "~":
            needed = not spaced and (previous.isalnum() or not following.isalnum())
        case "<":
            needed = re.match(r"[A-Za-z/!?]", rest) is not None
        case "&":
            needed = re.match(r"#?\w+;", rest) is not None
        case "!":
            needed = rest.startswith("[")
        case "[":
            needed = in_link
        case "]":
            if in_link and following == "(":
                return "&#93;"  # marked, the parser of JupyterLab, stumbles over an escape here
            needed = in_link or rest.startswith(("(", "[", ":"))
        case _:
            needed = True
    return "".join(f"\\{char}" for char in run) if needed else run


def _line_start(line: str) -> str:
    """The line so that its beginning makes no heading, list, quote, rule, fence or table."""
    line = re.sub(r"^(\d{1,9})(?=[.)](\s|$))", r"\1\\", line)
    special = r"(?=#{1,6}(\s|$)|[-+*](\s|$)|>|~~~|[-=:|][-=:|\s]*$|\[[ xX]\](\s|$))"
    return "\\" + line if re.match(special, line) else line


def _on_one_line(latex: str) -> str:
    return " ".join(re.sub(r"(?<!\\)%.*", "", latex).split())


def _code_span(text: str) -> str:
    text = re.sub(r"\s*\n\s*", " ", text)
    if not text:
        return ""
    fence = "`" * next(
        n for n in range(1, len(text) + 2) if not re.search(f"(?<!`)`{{{n}}}(?!`)", text)
    )
    padded = (
        text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " " and text.strip())
    )
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def _literal(node: nodes.Element, context: _Context) -> str:
    text = " ".join(node.astext().split("\n"))
    if "kbd" in node["classes"]:
        return f"<kbd>{_verbatim(text)}</kbd>"
    if context.in_link and "`" in text:
        return f"<code>{_verbatim(text)}</code>"
    return _code_span(text)


def _verbatim(text: str) -> str:
    """The text for inside of ``<code>`` or ``<kbd>``, where not every reader minds escapes."""
    return re.sub(r"[\\`*_~$<>&!|\[\]]", lambda match: f"&#{ord(match[0])};", text)


def _math(node: nodes.Element, _context: _Context) -> str:
    latex = _on_one_line(node.astext())
    return f"${latex}{' ' if latex.endswith(chr(92)) else ''}$" if latex else ""


def _link(node: nodes.Element, context: _Context) -> str:
    uri = context.uri(node)
    if node.astext() == uri and re.fullmatch(r"https?://[^\s<>$`\\]+", uri):
        return f"<{uri}>"
    text = _inlines(node.children, replace(context, in_link=True)) or _escaped(uri, in_link=True)
    return f"[{text}]({_destination(uri)})"


def _destination(uri: str) -> str:
    return re.sub(r"[\s()<>\\`$|\"]", lambda match: f"%{ord(match[0]):02X}", uri)


def _image(node: nodes.Element, context: _Context) -> str:
    """An image of docutils, or sphinx-gallery's, whose address begins with a slash."""
    shown = (str(node.get("uri", "")).lstrip("/"), node.get("alt", ""))
    image = node if isinstance(node, nodes.image) else nodes.image(uri=shown[0], alt=shown[1])
    uri = _destination(context.resolve_image(image))
    alt = " ".join(str(image.get("alt", "")).split())
    sizes = {
        name: re.fullmatch(r"(\d+)(px|%)?", str(image.get(name, "")))
        for name in ("width", "height")
    }
    if not any(sizes.values()):
        return f"![{_escaped(alt, in_link=True)}]({uri})"
    size = "".join(f' {name}="{m[0].removesuffix("px")}"' for name, m in sizes.items() if m)
    return f'<img src="{uri}" alt="{html.escape(alt)}"{size}>'


def _footnote_reference(node: nodes.Element, _context: _Context) -> str:
    return f"<sup>[{_escaped(node.astext(), in_link=True)}]</sup>"


def _citation_reference(node: nodes.Element, _context: _Context) -> str:
    return f"\\[{_escaped(node.astext(), in_link=True)}\\]"


def _abbreviation(node: nodes.Element, context: _Context) -> str:
    text = _inlines(node.children, context)
    meaning = html.escape(" ".join(str(node.get("explanation", "")).split()))
    return f'<abbr title="{meaning}">{text}</abbr>' if meaning else text


def _subscript(node: nodes.Element, context: _Context) -> str:
    return f"<sub>{_inlines(node.children, context)}</sub>"


def _superscript(node: nodes.Element, context: _Context) -> str:
    return f"<sup>{_inlines(node.children, context)}</sup>"


def _raw(node: nodes.Element, _context: _Context) -> str:
    return " ".join(node.astext().split("\n"))


_INLINES: Mapping[str, Callable[[nodes.Element, _Context], str]] = {
    "abbreviation": _abbreviation,
    "citation_reference": _citation_reference,
    "footnote_reference": _footnote_reference,
    "image": _image,
    "imgsgnode": _image,
    "literal": _literal,
    "literal_block": _literal,
    "math": _math,
    "math_block": _math,
    "raw": _raw,
    "reference": _link,
    "subscript": _subscript,
    "superscript": _superscript,
}

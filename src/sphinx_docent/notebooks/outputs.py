"""What a page shows below its code, as the outputs of the notebook's cells."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docutils import nodes

Output = dict[str, Any]

_PRINTED = "sphx-glr-script-out"
_DATA = re.compile(r"data:([\w/+.-]+);base64,(.*)", re.DOTALL)


def outputs_of(
    parts: Iterable[nodes.Node], image: Callable[[nodes.image], str]
) -> tuple[Output, ...]:
    """The outputs of a block of code, in the page's order, as nbformat has them.

    :param parts: the nodes of the block, its code included.
    :param image: the address of an image; those that are no part of the notebook are left out.
    """
    return tuple(output for part in parts for output in _outputs(part, image))


def _outputs(part: nodes.Node, image: Callable[[nodes.image], str]) -> Iterator[Output]:
    for node in part.findall(nodes.Element):
        if isinstance(node, nodes.literal_block) and _PRINTED in node["classes"]:
            yield {"output_type": "stream", "name": "stdout", "text": _lines(f"{node.astext()}\n")}
        elif isinstance(node, nodes.raw) and "html" in node.get("format", "").split():
            yield _shown({"text/html": _lines(node.astext())})
        elif isinstance(node, nodes.image) or type(node).__name__ == "imgsgnode":
            uri, alt = str(node.get("uri", "")).lstrip("/"), str(node.get("alt", ""))
            if found := _DATA.match(image(nodes.image(uri=uri, alt=alt))):
                yield _shown({found[1]: _content(found[1], found[2]), "text/plain": _lines(alt)})


def _shown(data: dict[str, Any]) -> Output:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _content(kind: str, data: str) -> str | list[str]:
    """Pictures as they are kept in notebooks: text as text, the rest in base64."""
    return _lines(base64.b64decode(data).decode()) if kind == "image/svg+xml" else data


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)

"""What sphinx-gallery writes after a tutorial's code has run is not under the tutorial's umask."""

from __future__ import annotations

import os

from sphinx_docent.gallery.generation import umask_restorer


def test_a_changed_umask_ends_with_the_block_that_changed_it() -> None:
    before = os.umask(0o027)
    try:
        restore = umask_restorer()
        os.umask(0o777)
        assert restore("block", {}, {}) == ""
        assert os.umask(0o022) == 0o027
    finally:
        os.umask(before)

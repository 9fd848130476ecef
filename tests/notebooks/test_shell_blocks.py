"""Shell blocks that a reader of the notebook could not run are told."""

from __future__ import annotations

from tests.helpers.sites import Site


def test_shell_blocks_must_begin_with_a_magic_where_notebooks_open_in_colab(site: Site) -> None:
    path = site.tutorial(
        "one",
        text="""
        .. code-block:: bash

           pip install bare

        .. code-block:: sh

           %%bash
           pip install wrong

        .. code-block:: bash

           %%shell
           pip install right
        """,
    )
    site.append("docs/index.rst", "\n.. code-block:: bash\n\n   pip install elsewhere\n")
    assert site.precheck().found == []
    site.configure('docent_colab = {"repository": "a/b"}\n')
    bare = site.line(path, "pip install bare")
    wrong = site.line(path, "%%bash")
    for build in (site.precheck("-E"), site.precheck()):
        assert build.code == 1
        found = {(line, category): message for _, line, category, message in build.found}
        near = sorted(line for line, _ in found)
        assert len(near) == 2
        assert bare - 2 <= near[0] <= bare
        assert wrong - 2 <= near[1] <= wrong
        messages = " ".join(found.values())
        assert "this shell block will not run in Colab; begin it with '%%shell'" in messages
        assert "use '%%shell'" in messages

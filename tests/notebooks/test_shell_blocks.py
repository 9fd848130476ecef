"""Shell blocks that a reader of the notebook could not run are told."""

from __future__ import annotations

from tests.helpers.notebooks import cells
from tests.helpers.sites import NONE, Site

BLOCKS = """
.. code-block:: bash

   pip install bare

.. code-block:: sh

   %%bash
   pip install wrong

.. code-block:: bash

   %%shell
   pip install right

.. code-block:: bash

   %pip install right
   %pip install too

.. code-block:: bash

   # not for Colab
   ssh board reboot

.. code-block:: bash

   make all
"""


def test_shell_blocks_must_begin_with_a_magic_where_notebooks_open_in_colab(site: Site) -> None:
    path = site.tutorial(
        "one",
        text=BLOCKS,
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
        assert len(near) == 3
        assert bare - 2 <= near[0] <= bare
        assert wrong - 2 <= near[1] <= wrong
        messages = " ".join(found.values())
        assert "this shell block will not run in Colab; begin it with '%%shell'" in messages
        assert "or write '%pip install', which every notebook knows" in messages
        assert "or with '# not for Colab' if it is meant for another machine" in messages
        assert "use '%%shell'" in messages


def test_pip_lines_are_a_cell_and_what_is_for_another_machine_is_text(site: Site) -> None:
    site.tutorial(
        "one",
        text="""
        .. code-block:: bash

           %pip install a
           %pip install "b>=1"

        .. code-block:: bash

           # not for Colab
           ssh board reboot
        """,
    )
    build = site.build("-W", *NONE)
    assert build.code == 0, build.output
    (file,) = build.out.glob("_downloads/*/one.ipynb")
    found = cells(file)
    assert ("code", '%pip install a\n%pip install "b>=1"') in found
    assert ("markdown", "```bash\nssh board reboot\n```") in found
    page = build.text("gallery/one")
    assert 'pip install a\npip install "b>=1"' in page
    assert "%pip" not in page
    assert "not for Colab" not in page
    assert "not-for-colab" not in build.html("gallery/one")

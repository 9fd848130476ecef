"""Has ``%pip`` fail a cell when pip fails, in a kernel in which a notebook is tried.

IPython goes on after a failed installation, so a notebook would be taken for one that runs if the
package was there anyway. This is put into the kernel's environment and loaded there as an extension
of IPython, so it needs nothing of this package.
"""

from __future__ import annotations

import subprocess
from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Register the magic; IPython calls this."""
    original = shell.find_line_magic("pip")

    def pip(line: str) -> Any:
        """Run pip as IPython does, and see how it ended."""
        shell.user_ns.pop("_exit_code", None)
        result = original(line)
        code = shell.user_ns.get("_exit_code", 0)
        if code:
            raise subprocess.CalledProcessError(code, "%pip")
        return result

    shell.register_magic_function(pip, "line", "pip")

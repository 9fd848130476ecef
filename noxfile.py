# /// script
# dependencies = ["nox[uv]>=2026.10.20"]
# ///
"""The documentation's sessions, from tools/automation/sessions.py, and the project's own."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        f"noxfile.py: Python {sys.version_info[0]}.{sys.version_info[1]} is not supported:"
        " run nox with Python 3.11 or newer\n"
    )
    raise SystemExit(2)

from pathlib import Path

import nox

if __name__ == "__main__":
    nox.main()  # loads this file once more, under another name, and ends

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))

from automation.sessions import load_own_sessions

nox.needs_version = ">=2026.10.20"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["docs_precheck"]
load_own_sessions()

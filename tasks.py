# /// script
# dependencies = ["invoke", "nox[uv]>=2026.10.20"]
# ///
"""What a person does beside building, from tools/automation: invoke -l lists the tasks."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        f"tasks.py: Python {sys.version_info[0]}.{sys.version_info[1]} is not supported:"
        " run invoke with Python 3.11 or newer\n"
    )
    raise SystemExit(2)

from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))

from automation.collection import ns

if __name__ == "__main__":
    from invoke import Program

    Program(namespace=ns).run()

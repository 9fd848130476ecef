"""Makes a gallery of plots, arithmetic and sleeps: the same for every run."""

from __future__ import annotations

from pathlib import Path

from builds import Gallery

KINDS = {
    "plot": """
import matplotlib.pyplot as plt
import numpy as np

# %%
# A curve, and a picture of noise.

x = np.linspace(0, 10, 500)
figure, axes = plt.subplots(1, 2, figsize=(8, 3))
axes[0].plot(x, np.sin(x * {number}))
axes[1].imshow(np.random.default_rng({number}).random((60, 60)))
figure.suptitle("Figure {number}")
plt.show()
""",
    "arithmetic": """
import numpy as np

# %%
# A matrix, multiplied with itself.

matrix = np.random.default_rng({number}).random((300, 300))
for _ in range(20):
    matrix = matrix @ matrix
    matrix /= matrix.max()
print(f"{{matrix.mean():.6f}}")
""",
    "sleep": """
import time

# %%
# Waits, as one does for a device.

time.sleep(0.3)
print("awake")
""",
}

CONF = """
extensions = [{extensions}]
project = "benchmark"
exclude_patterns = ["_build", "examples"]
sphinx_gallery_conf = {{
    "examples_dirs": "examples",
    "gallery_dirs": "gallery",
    "filename_pattern": r"\\.py$",
    "parallel": {parallel},
}}
"""


def generated_gallery(folder: Path, jobs: int) -> Gallery:
    """60 tutorials in 6 folders, three times."""
    plain, parallel, docent = (folder / name for name in ("plain", "parallel", "docent"))
    write_gallery(plain, docent=False)
    write_gallery(parallel, docent=False, parallel=jobs)
    write_gallery(docent, docent=True)
    name = "60 generated tutorials in 6 folders"
    return Gallery(name, plain, parallel, docent, page="docs/index.rst")


def write_gallery(
    root: Path, *, docent: bool, parallel: int = 1, folders: int = 6, each: int = 10
) -> None:
    """Write a documentation project.

    :param docent: with the extension, or with sphinx-gallery alone.
    :param parallel: sphinx-gallery's own setting.
    """
    docs = root / "docs"
    examples = docs / "examples"
    examples.mkdir(parents=True)
    names = ['"sphinx_gallery.gen_gallery"', *(['"sphinx_docent"'] if docent else [])]
    conf = CONF.format(extensions=", ".join(names), parallel=False if parallel == 1 else parallel)
    (docs / "conf.py").write_text(conf, encoding="utf-8")
    (docs / "index.rst").write_text(
        "Benchmark\n=========\n\n.. toctree::\n\n   gallery/index\n", encoding="utf-8"
    )
    (examples / "GALLERY_HEADER.rst").write_text("Examples\n========\n", encoding="utf-8")
    kinds = list(KINDS)
    for folder in range(folders):
        place = examples / f"part_{folder}"
        place.mkdir()
        title = f"Part {folder}"
        (place / "GALLERY_HEADER.rst").write_text(
            f"{title}\n{'=' * len(title)}\n", encoding="utf-8"
        )
        for index in range(each):
            number = folder * each + index
            kind = kinds[number % len(kinds)]
            name = f"{kind} {number}".capitalize()
            text = f'"""\n{name}\n{"=" * len(name)}\n\nOne of many.\n"""\n{KINDS[kind]}'
            (place / f"{kind}_{number:02}.py").write_text(
                text.replace("{number}", str(number)).replace("{{", "{").replace("}}", "}"),
                encoding="utf-8",
            )

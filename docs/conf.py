"""Configuration of the documentation: Apache TVM tutorials, executed."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "docs" / "_extensions")]

import sphinx_docent  # noqa: E402

project = "sphinx-docent"
author = "the sphinx-docent authors"
copyright = "2026, the sphinx-docent authors"
version = release = sphinx_docent.__version__

# The version that `invoke deploy --version` will get, and its folder in the site's repository.
site_version = os.environ.get("DOCS_VERSION") or "dev"
site_folder = {"dev": "docs"}.get(site_version, f"docs/{site_version}")
if site_version.startswith("pr-"):
    site_folder = site_version.replace("-", "/", 1)

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
    "sphinx_design",
    "notfound.extension",
    "sphinx_gallery.gen_gallery",
    "sphinx_docent",
    "floor_plan",
    "mathml",
]
exclude_patterns = ["_build", "_extensions", "tutorials"]
nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"Path|(docutils|sphinx|pathlib|logging|re|collections|datetime)\..*")
]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"

# -- Tutorials --------------------------------------------------------------------------------

sphinx_gallery_conf = {
    "examples_dirs": ["tutorials/get_started", "tutorials/how_to", "tutorials/deep_dive"],
    "gallery_dirs": ["gallery/get_started", "gallery/how_to", "gallery/deep_dive"],
    "filename_pattern": r"\.py$",
    "image_srcset": ["2x"],
    "remove_config_comments": True,
    "show_signature": False,
    "write_computation_times": False,
}

# Folders and files that are listed come first, in this order; the others follow by name.
subsection_order = ["tutorials/deep_dive/tensor_ir", "tutorials/deep_dive/relax"]
within_subsection_order = {
    "get_started": ["quick_start.py", "ir_module.py", "measure_performance.py"],
    "how_to": ["save_and_load.py", "roofline.py", "import_pytorch.py", "deploy_cuda.py"],
    "tensor_ir": ["write_a_kernel.py", "loop_order.py", "tiling.py", "gpu_threads.py"],
    "relax": ["dataflow.py", "symbolic_shapes.py", "passes.py"],
}

docent_version = site_version
docent_colab = {
    "repository": "sphinx-docent/sphinx-docent.github.io",
    "branch": os.environ.get("DOCS_BRANCH") or "main",
    "path": site_folder,
}


def pinned(name: str, extra: str = "") -> str:
    """A package in the version that the tutorials are executed with on this site."""
    lock = ROOT / "requirements" / "docs.txt"
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    version = re.search(rf"^{name}==(\S+)", text, re.MULTILINE)
    return f"{name}{extra}=={version[1]}" if version else f"{name}{extra}"


docent_install = {"*": pinned("apache-tvm"), "cuda": pinned("apache-tvm", "[cuda]")}
docent_ignored_warnings: list[dict[str, str]] = []

# -- The site ---------------------------------------------------------------------------------

html_theme = "sphinx_book_theme"
html_title = "sphinx-docent"
html_favicon = "_static/logo.svg"
html_math_renderer = "mathml"
html_baseurl = f"https://sphinx-docent.github.io/{site_folder}/"
html_last_updated_fmt = "%Y-%m-%d"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_sidebars = {
    "**": [
        "navbar-logo.html",
        "docent-versions.html",
        "icon-links.html",
        "search-button-field.html",
        "sbt-sidebar-nav.html",
    ]
}
html_context = {"default_mode": "auto"}
html_theme_options = {
    "logo": {
        "text": "sphinx-docent",
        "image_light": "_static/logo.svg",
        "image_dark": "_static/logo.svg",
        "alt_text": "",
    },
    "navbar_persistent": [],
    "repository_url": "https://github.com/sphinx-docent/sphinx-docent",
    "repository_branch": "main",
    "path_to_docs": "docs",
    "use_repository_button": True,
    "use_source_button": False,  # generated pages have none there; tutorials have a button
    "use_download_button": False,
    "home_page_in_toc": False,
    "show_toc_level": 2,
}
notfound_urls_prefix = "/"
notfound_context = {
    "title": "Page not found",
    "body": f"""
<h1>Page not found</h1>
<p>There is no page at this address. It may have been renamed.</p>
<ul>
  <li><a href="{notfound_urls_prefix}index.html">All tutorials</a></li>
  <li><a href="{notfound_urls_prefix}README.html">The documentation build</a></li>
  <li><a href="{notfound_urls_prefix}search.html">Search</a></li>
</ul>
""",
}

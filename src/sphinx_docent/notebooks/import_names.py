"""By which name a package is installed that is imported by another. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from packaging.utils import canonicalize_name

_DISTRIBUTIONS = {
    "Bio": "biopython",
    "Crypto": "pycryptodome",
    "IPython": "ipython",
    "OpenGL": "pyopengl",
    "PIL": "pillow",
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "community": "python-louvain",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "faiss": "faiss-cpu",
    "fitz": "pymupdf",
    "git": "gitpython",
    "imblearn": "imbalanced-learn",
    "jose": "python-jose",
    "jwt": "pyjwt",
    "magic": "python-magic",
    "mpl_toolkits": "matplotlib",
    "osgeo": "gdal",
    "pkg_resources": "setuptools",
    "pptx": "python-pptx",
    "pywt": "pywavelets",
    "ruamel": "ruamel.yaml",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "skopt": "scikit-optimize",
    "tvm": "apache-tvm",
    "umap": "umap-learn",
    "usb": "pyusb",
    "vtkmodules": "vtk",
    "win32api": "pywin32",
    "yaml": "pyyaml",
    "zmq": "pyzmq",
}
"""The best known ones, so that a notebook does not depend on what is installed where it is made."""


def distribution_name(module: str, installed: Callable[[str], Sequence[str]]) -> str:
    """The distribution that brings a module.

    :param module: may have dots.
    :param installed: the installed distributions that a module belongs to.
    :returns: the well-known one; else the installed one; else the module's own name.
    """
    top = module.partition(".")[0]
    if top in _DISTRIBUTIONS:
        return _DISTRIBUTIONS[top]
    owners = sorted(installed(top))
    if not owners or canonicalize_name(top) in owners:
        return top
    return owners[0]

"""A picture that only an executed tutorial makes is no problem where it was not executed."""

from __future__ import annotations

from tests.helpers.sites import ALL, NONE, Site

DRAWS = "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\n"


def test_pages_may_show_pictures_of_tutorials(site: Site) -> None:
    site.with_matplotlib()
    site.tutorial("draws", DRAWS)
    site.tutorial("sub/draws_more", DRAWS)
    site.write("docs/tutorials/sub/GALLERY_HEADER.rst", "Sub\n===\n")
    site.tutorial("needs", DRAWS, comments='# sphinx_gallery_requires = ["no_such_package"]')
    shown = "\n".join(
        f".. image:: /gallery/{name}_001.png\n"
        for name in (
            "images/sphx_glr_draws",
            "images/sphx_glr_needs",
            "sub/images/sphx_glr_draws_more",
        )
    )
    site.append("docs/index.rst", f"\n{shown}")
    for build in (site.precheck(), site.build("-W", *NONE), site.build("-W", *ALL)):
        assert (build.code, build.found) == (0, []), build.output
        assert "not readable" not in build.output
    assert "_images/sphx_glr_draws_001.png" in build.html("index")
    site.append("docs/index.rst", "\n.. image:: gallery/images/sphx_glr_drws_001.png\n")
    site.append("docs/index.rst", "\n.. image:: gallery/images/sphx_glr_draws.png\n")
    for build in (site.precheck(), site.build(*NONE)):
        assert sorted(found[3].rpartition("/")[2] for found in build.found) == [
            "sphx_glr_draws.png",
            "sphx_glr_drws_001.png",
        ]


def test_one_that_was_executed_and_made_no_such_picture_is_a_problem(site: Site) -> None:
    site.with_matplotlib()
    site.tutorial("draws", DRAWS)
    site.append("docs/index.rst", "\n.. image:: gallery/images/sphx_glr_draws_007.png\n")
    assert site.precheck().found == []
    (found,) = site.build(*ALL).found
    assert found[3].endswith("gallery/images/sphx_glr_draws_007.png")

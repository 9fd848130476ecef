"""What executes at the same time fits together."""

from __future__ import annotations

import itertools

from tests.helpers.sites import Build, Site

OVERLAP = """\
    import os, time
    began = time.monotonic()
    time.sleep(0.7)
    print("SPAN", began, time.monotonic())
    """


def spans(done: Build, *names: str) -> list[tuple[float, float]]:
    """When each tutorial ran."""
    found = []
    for name in names:
        words = done.text(f"gallery/{name}").split("SPAN ")[-1].split()
        found.append((float(words[0]), float(words[1])))
    return sorted(found)


def overlap(found: list[tuple[float, float]]) -> bool:
    return any(one[1] > two[0] for one, two in itertools.pairwise(found))


def test_tutorials_run_together_only_if_their_memory_fits(site: Site) -> None:
    site.configure("docent_execute = 'all'\ndocent_jobs = 2\n")
    for name in ("one", "two"):
        site.tutorial(name, OVERLAP, comments='# sphinx_gallery_memory = "4 GB"')
    tight = site.build("-D", "docent_memory=6 GB")
    assert tight.code == 0, tight.output
    assert not overlap(spans(tight, "one", "two"))


def test_memory_that_is_known_counts_more_than_what_is_declared(site: Site) -> None:
    site.configure("docent_execute = 'all'\ndocent_jobs = 2\n")
    for name in ("one", "two"):
        site.tutorial(name, OVERLAP, comments='# sphinx_gallery_memory = "4 GB"')
    assert site.build("-D", "docent_memory=6 GB").code == 0
    for name in ("one", "two"):
        site.append(f"docs/tutorials/{name}.py", "print('edited')\n")
    again = site.build("-D", "docent_memory=6 GB")
    assert again.runs == ["one", "two"]
    assert overlap(spans(again, "one", "two"))


def test_a_wrong_size_is_one_line(site: Site) -> None:
    done = site.build("-D", "docent_memory=lots")
    assert done.code == 2
    assert "docent_memory: 'lots' is not a size" in done.output
    path = site.tutorial("one", comments="# sphinx_gallery_memory = 'much'")
    wrong = site.build()
    assert wrong.code == 1
    assert f"{path}:{site.line(path, 'much')}" in wrong.places

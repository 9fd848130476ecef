"""A tutorial that uses something beside one that does not, and builds that must succeed."""

from __future__ import annotations

from tests.helpers.sites import ALL, Build, Site


def build(site: Site, *, builder: str = "html", **env: str) -> Build:
    """A full build that must succeed."""
    done = site.build(*ALL, builder=builder, env=env)
    assert done.code == 0, done.output
    return done


def use(site: Site, code: str, *, comments: str = "") -> None:
    """A tutorial that uses something, and one that uses nothing."""
    site.tutorial("uses", code, comments=comments)
    site.tutorial("alone")
    first = build(site)
    assert first.runs == ["alone", "uses"]
    second = build(site)
    assert second.runs == [], second.report["tutorials"]


def on_path(site: Site, *folders: str) -> None:
    """Put folders of the repository on ``sys.path``, as many a ``conf.py`` does."""
    for folder in folders:
        site.configure(
            f"""
            import sys
            sys.path.insert(0, {str(site.root / folder)!r})
            """
        )

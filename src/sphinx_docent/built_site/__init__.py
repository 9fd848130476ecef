"""What a finished site says about itself, for whoever publishes it. Needs no Sphinx.

Builds write it and deployments read it: the build's facts (:mod:`.build_info`), and pages that lead
on (:mod:`.redirect_page`).
"""

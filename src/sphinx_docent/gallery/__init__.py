"""Everything that knows sphinx-gallery: the only package that imports it.

Tested against the oldest and the newest release that we support; what depends on how
sphinx-gallery works inside stands here, so that a change there is mended here. Its doors are
:mod:`.discovery` (the scripts), :mod:`.generation` (a script's page) and :mod:`.handover` (what we
produced becomes what sphinx-gallery takes as its own).
"""

"""Everything that is said to git: no other package runs it. Needs no Sphinx.

The doors: :mod:`.source` asks about the documentation's own repository, and
:class:`.branch.RemoteBranch` is a branch that commits are pushed to.
"""

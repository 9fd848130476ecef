"""One build, from the galleries on disk to the finished site: a chain of functions over data.

The door is :mod:`.pipeline`: what a build does, in order. The Sphinx events call it.
"""

"""Translates resolved docutils nodes into Markdown. Pure: no Sphinx, no disk.

The door is :func:`.blocks.to_markdown`.
"""

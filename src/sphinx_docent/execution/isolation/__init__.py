"""Lets a tutorial's process read the repository, write nowhere in it, and has it observed.

For Linux, where a user and a mount namespace can be made. The door is :mod:`.sandbox`; knows
nothing of tutorials.
"""

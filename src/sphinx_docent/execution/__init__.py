"""Executes tutorials on this machine, each in a process of its own.

The door is :func:`.executor.execute_here`: the build schedules, the server (:mod:`.server`) forks,
a child (:mod:`.child`) executes.
"""

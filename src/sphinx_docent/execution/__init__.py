"""Executes tutorials on this machine, each in a process of its own.

The door is :func:`.executor.execute_here`. The build schedules (:mod:`.pool`), a warm server forks
(:mod:`.server`), a child executes (:mod:`.child`) and sends an answer (:mod:`.answer`), and what
its end means is told in :mod:`.outcomes`. Knows nothing of any other executor.
"""

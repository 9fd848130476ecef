"""What is wrong in the documentation: collected, led back to the writer's line, kept until mended.

The door is :class:`.collector.DiagnosticCollector`, which sees every warning of Sphinx. What counts
is decided in :mod:`.incremental` and :mod:`.ignore_list`, which look at nothing themselves.
"""

"""Builds small galleries, edits one input, builds again, and judges what was executed."""

"""Tutorials that mean harm, as cases that know the package from outside."""

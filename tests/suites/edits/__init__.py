"""Every input of a tutorial that can be edited, as cases that know the package from outside."""

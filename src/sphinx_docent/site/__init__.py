"""What this extension adds to the pages of a site: buttons, notices, notebooks, versions.

Each is one module, called while pages are read and resolved or when the site is finished.
"""

"""What this extension adds to the pages of a site: buttons, notices, notebooks, versions."""

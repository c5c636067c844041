"""Tags of the branch's pages."""

"""Template filters of the papers."""

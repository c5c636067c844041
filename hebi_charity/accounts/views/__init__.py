"""Pages about people and their log-ins."""

"""People, roles as data, log-in and second factor."""

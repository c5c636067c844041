"""Is every rule of the database watched by a test? Each is taken away in turn, and a test has to notice."""

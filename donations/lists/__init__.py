"""Lists of gifts: what is searched, filtered and summed."""

"""The demonstration of the Party branch: invented people, no real ones."""

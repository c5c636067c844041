"""Files in: read, map, stage, check, submit, confirm, merge."""

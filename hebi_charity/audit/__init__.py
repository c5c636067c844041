"""Who did what to which row, and who looked at whose data. Insert-only."""

"""What the pages of the Party branch list and count."""

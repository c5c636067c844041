"""What the books of gifts say about a month: facts for the monthly report."""

"""Papers of the Party branch: what each says, as facts."""

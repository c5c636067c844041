"""The Party branch: who belongs to it and who studies with it."""

"""The letter that tells another doctor about a case."""

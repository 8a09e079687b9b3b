"""What came of the operation: complications, and the case that goes on from them."""

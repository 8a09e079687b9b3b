"""The cases in which something waits for the surgeon's decision."""

"""What was done in the operating room, beside what was planned."""

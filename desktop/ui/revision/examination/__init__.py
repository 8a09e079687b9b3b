"""What was seen and measured, visit by visit."""

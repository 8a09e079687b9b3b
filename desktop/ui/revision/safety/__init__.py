"""The safety checklist of the operating room, answered with one key an item."""

"""What is planned: the form, the other side, templates, and the order list."""

"""The work-up of a late seroma: the line that tells of one, and the page on which it is documented."""

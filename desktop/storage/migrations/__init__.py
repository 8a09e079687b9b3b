"""How the schema came to be, step by step; a step is never edited once a practice may have taken it."""

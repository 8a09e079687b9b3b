"""Why she came, in three layers: the list of indications, the page of each, how soon, and the codes."""

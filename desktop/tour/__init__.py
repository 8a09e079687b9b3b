"""Shows every screen, dialog and document of the demo practice as pictures, to be looked at one by one."""

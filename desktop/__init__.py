"""Reprise, the desktop assistant for offices that do breast revision surgery."""

from desktop.immortal import keep_constants_alive

keep_constants_alive()

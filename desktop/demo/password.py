"""The password that the sign-in window of the demo shows; apart from the rest, because that window loads nothing slow."""

DEMO_PASSWORD = "quiet harbour at dawn"
"""Everybody's in the demo: nothing in it is secret."""

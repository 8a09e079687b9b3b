"""The password that the demo's sign-in window shows; by itself, because that window loads nothing slow."""

DEMO_PASSWORD = "quiet harbour at dawn"
"""Everybody's in the demo: nothing in it is secret."""

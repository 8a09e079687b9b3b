"""Which version of Reprise this is."""

VERSION = "0.1.0"

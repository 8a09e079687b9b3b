"""Measures what the program promises about speed and memory, each figure beside what it is measured against."""

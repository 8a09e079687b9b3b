"""What was done in theatre, beside what was planned."""

"""What the patient was given to read, went through, signed, and took back."""

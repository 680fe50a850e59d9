"""The schema's history: one migration a file in `versions/`, titled with a sentence, forward only."""

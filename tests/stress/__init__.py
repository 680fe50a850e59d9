"""planbot killed at random while owners report."""

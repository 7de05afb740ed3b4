"""Takes personal data out of texts before anything is kept or shown."""

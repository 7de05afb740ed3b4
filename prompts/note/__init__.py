"""The weekly note: what a review found, as facts with ids and in plain words, with no model."""

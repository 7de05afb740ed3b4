"""Measurements anyone can repeat: made-up records, the peers, and what times them."""

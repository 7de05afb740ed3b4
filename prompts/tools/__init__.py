"""What other programs are offered: tools, resources and openings, as data for any surface."""

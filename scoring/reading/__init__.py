"""Plain words to periods and questions, with no language model."""

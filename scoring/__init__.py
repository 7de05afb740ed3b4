"""Records, statistics, files and database: useful from a notebook, with no Slack and no model."""

"""What connects people to the figures: the command line now, Slack to come."""

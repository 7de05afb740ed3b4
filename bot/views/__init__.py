"""What each answer looks like in Slack: figures in, a reply out; no view knows another."""

"""The commands of the terminal, one file each: the words a command takes, and what it does."""

"""What other programs may ask and do, one file a tool: figures in, a text and data out."""

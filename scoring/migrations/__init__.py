"""The schema's history, one file a step; `evenkeel upgrade` walks it."""

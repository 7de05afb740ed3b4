"""The mood of what customers write: engines, conversations, languages; no network, no corpora."""

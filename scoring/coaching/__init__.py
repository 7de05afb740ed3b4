"""Coaching: what an agent's weeks say, by the method of docs/method.md, step by step."""

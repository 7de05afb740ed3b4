"""Figures made elsewhere, compared with the product's own through its command line.

Sets of other people's records lie outside the checkout. Where they are absent, the tests that need
them are skipped and say so.
"""

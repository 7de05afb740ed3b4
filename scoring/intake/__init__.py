"""Importers: plain files of our own records, a module for each kind and for what they share.

`plain` takes in interactions, roster, shifts and figures; `transcripts` what was said.
"""

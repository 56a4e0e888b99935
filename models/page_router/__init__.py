"""The page router: what a page's text and objects tell about the quality that each parser would reach on it.

This file imports nothing: the parser process reads ``evidence`` and must start quickly.
"""

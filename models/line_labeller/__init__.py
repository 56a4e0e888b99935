"""The line labeller: says of each line of a parsed document what it is, such as body, header or table.

This file imports nothing.
"""

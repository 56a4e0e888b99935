"""Tests of the spine: chain, configuration, sources, shards, store, engines, command line."""

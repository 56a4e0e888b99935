"""Tests of docmill; each folder mirrors the package it tests."""

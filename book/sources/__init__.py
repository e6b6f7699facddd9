"""Importers, one a module."""

"""Dates in the words of every language: reads lines that are a date and nothing else."""

from book.almanac.lines import ORDERS, Reading, readings

__all__ = ["ORDERS", "Reading", "readings"]

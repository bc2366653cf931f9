"""Ratings and direction of travel for performance indicators that are defined in text."""

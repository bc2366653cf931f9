"""The words that rules are written in, and what each means in terms of the core: one file a family.

A new kind of target, tolerance, figure or condition is a class in its family's file; neither the core nor any engine
learns of it.
"""

"""What users would otherwise write or install: one file a peer, each in the way of its own tool.

Peers that rate one value at a time have `prepare(specs, asked)`, which does what is done once and gives a function that
answers everything asked: a list of bands and directions. Peers that rate columns have `prepare(workload)`, which gives
a function that makes the columns as the tool makes them, and `codes` to compare them by, outside of the measured time.
"""

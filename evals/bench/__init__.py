"""Speed and memory, as ratios to the plain way of doing the same on the same machine."""

"""The network, where it is asked for: pictures and feeds, from public addresses alone."""

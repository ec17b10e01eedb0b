"""What we hand over: bundles, written and read. The only package that opens archives."""

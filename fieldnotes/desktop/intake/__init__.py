"""Files of other programs: what taking them over would do, shown before it is done."""

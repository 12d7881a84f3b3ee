"""Named as a module of the standard library, before which it comes."""

IS_OURS = True

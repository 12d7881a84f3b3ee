"""An application as modjy's users have it: a package in WEB-INF/lib-python."""

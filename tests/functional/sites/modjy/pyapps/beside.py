"""A module beside the application file."""

NAME = "beside"

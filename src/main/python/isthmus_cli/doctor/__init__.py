"""What `isthmus doctor` looks for: a module for each kind of thing that it looks at."""

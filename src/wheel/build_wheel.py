"""What Maven runs after it has made the jars: what the wheel needs, then the wheel."""

import sys

import wheel_file

if __name__ == "__main__":
    target = sys.argv[1]
    wheel_file.prepare(target)
    wheel_file.write(target, target)

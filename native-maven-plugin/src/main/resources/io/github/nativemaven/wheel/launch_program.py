#!python
# The program needs libraries that come with it. From a directory of programs no way leads to them; from there, one does.
import os
import sys

for directory in sys.path:
    program = os.path.join(directory, *"PROGRAM".split("/"))
    if os.path.isfile(program):
        os.execv(program, [program] + sys.argv[1:])
sys.exit(sys.argv[0] + ": PROGRAM is in no directory of sys.path")

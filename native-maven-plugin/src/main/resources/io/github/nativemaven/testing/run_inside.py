"""Runs a Rust test program that was linked as a library, inside this interpreter."""

import ctypes
import os
import signal
import sys

# Rust's harness knows nothing of Python's handler, which would only take a note of Ctrl-C.
signal.signal(signal.SIGINT, signal.SIG_DFL)
library = ctypes.CDLL(sys.argv[1], mode=ctypes.RTLD_GLOBAL | os.RTLD_NOW)
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
sys.exit(library.main(len(arguments), (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None)))

"""Writes a Python module of a C header's declarations, for cffi's ABI mode.

usage: write_ffi.py HEADER MODULE
"""

import sys

# This script's own folder holds modules of the same names.
sys.path.pop(0)

import cffi

builder = cffi.FFI()
with open(sys.argv[1], encoding="utf-8") as header:
    builder.cdef(header.read())
builder.set_source("ffi", None)
builder.emit_python_code(sys.argv[2])

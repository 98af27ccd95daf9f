"""Written anew with each library: IPython's autoreload looks at the times of source files, and which statements changed."""

from $SUPPORT import autoreload

autoreload($LIBRARIES)

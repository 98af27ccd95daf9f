def _add_dll_directory():  # The libraries that were taken into this wheel for Windows.
    import os

    directory = os.path.abspath(os.path.join(os.path.dirname(__file__), "DIRECTORY"))
    if os.name != "nt" or not os.path.isdir(directory):
        return
    if hasattr(os, "add_dll_directory"):
        os.add_dll_directory(directory)
    else:
        os.environ["PATH"] = directory + os.pathsep + os.environ.get("PATH", "")


_add_dll_directory()
del _add_dll_directory


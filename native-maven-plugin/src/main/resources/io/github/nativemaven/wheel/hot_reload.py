"""Gives Python the newest library of the extension module $MODULE.

A development install has this package beside the module; no wheel has it. ``importlib.reload`` of the module, or of a
package that it is in, brings a newer library into a Python that has loaded an older one. Objects that the older one
made go on working. IPython's ``%autoreload 2`` does the same by itself.
"""

import os
import sys

MODULE = "$MODULE"
TOP = MODULE.partition(".")[0]
HERE = os.path.dirname(os.path.abspath(__file__))

_exports = {}
_kept = []


def newest():
    """The path of the newest library."""
    stem = MODULE.rpartition(".")[2] + "."
    files = {}
    for name in os.listdir(HERE):
        number = name[len(stem) :].partition(".")[0]
        if name.startswith(stem) and number.isdigit():
            files[int(number)] = name
    if not files:
        raise ModuleNotFoundError("no library of " + MODULE + " is in " + HERE, name=MODULE)
    return os.path.join(HERE, files[max(files)])


def refresh():
    """Brings the newest library into the module if that was loaded from another one; says whether it was."""
    module = sys.modules.get(MODULE)
    if module is None or not os.path.isdir(HERE) or getattr(module, "__file__", None) == newest():
        return False
    old = dict(_exports or vars(module))
    new = vars(_load(module))
    _exchange(module, old, new)
    for name, other in list(sys.modules.items()):
        if other is not module and _is_inside(name, TOP):
            _rebind(other, old, new)
    _attend()
    return True


def _is_inside(name, package):
    return (name + ".").startswith(package + ".")


def _load(module):
    """A module of the newest library. The old one stays known to all, and gets what is in the new one."""
    from importlib.util import module_from_spec

    try:
        spec = _spec()
        fresh = module_from_spec(spec)
        spec.loader.exec_module(fresh)
    finally:
        sys.modules[MODULE] = module
    _kept.append(fresh)
    return fresh


def _exchange(module, old, new):
    space = vars(module)
    for name in old:
        if name not in new and space.get(name) is old[name]:
            del space[name]
    space.update(new)


def _rebind(module, old, new):
    """Gives the names of a module that stand for something of the old library what it is in the new one."""
    space = getattr(module, "__dict__", None)
    if space is None:
        return
    known = {id(value): name for name, value in old.items() if callable(value) or isinstance(value, type(sys))}
    for name, value in list(space.items()):
        origin = name if name in old and old[name] is value else known.get(id(value))
        if origin in new and not name.startswith("__"):
            space[name] = new[origin]


def _spec():
    from importlib.machinery import ExtensionFileLoader
    from importlib.util import spec_from_file_location

    class Loader(ExtensionFileLoader):
        executed = False

        def create_module(self, spec):
            while True:
                try:
                    return super().create_module(spec)
                except ImportError:
                    # A newer library may have come meanwhile, and this one have gone.
                    if os.path.exists(self.path):
                        raise
                    self.path = spec.origin = newest()

        def exec_module(self, module):
            # When it is reloaded, Python executes a module again: this would bring its own old code back.
            if not self.executed:
                super().exec_module(module)
                self.executed = True
                _exports.clear()
                _exports.update(vars(module))

    path = newest()
    return spec_from_file_location(MODULE, path, loader=Loader(MODULE, path))


def _attend():
    """Has the source file loaded that is written with each library: IPython looks for changes of those."""
    from importlib import import_module

    import_module(__name__ + ".changes")


def _reload(outermost, itself):
    """Reloads the packages around the module, innermost first, up to one of them."""
    from importlib import reload

    name = MODULE.rpartition(".")[0]
    while name and _is_inside(name, outermost):
        if name in sys.modules and (itself or name != outermost):
            reload(sys.modules[name])
        name = name.rpartition(".")[0]


def autoreload(library):
    """What IPython calls when it reloads ``changes``: as if the user had reloaded and imported all anew.

    The name of the library isn't used; the statement must be another for each.
    """
    old = dict(_exports)
    if refresh():
        _rebind(sys.modules["__main__"], old, _exports)
        _reload(TOP, True)


class Finder:
    """Finds the module, and is asked when it, or what is in a package with it, is reloaded."""

    owner = __name__

    def find_spec(self, fullname, path=None, target=None):
        if not _is_inside(fullname, TOP) or not os.path.isdir(HERE):
            # Another module; or another install has taken the place of this one.
            return None
        if target is not None and refresh():
            _reload(fullname, False)
        if fullname == MODULE:
            loaded = sys.modules.get(MODULE)
            if loaded is not None and loaded is target:
                return loaded.__spec__
            _attend()
            return _spec()
        return _namespace(fullname, path) if target is None and _is_inside(MODULE, fullname) else None


def _namespace(fullname, path):
    """A package around the module that has no file of its own."""
    from importlib.machinery import ModuleSpec, PathFinder

    return None if PathFinder.find_spec(fullname, path) else ModuleSpec(fullname, None, is_package=True)


if not any(getattr(finder, "owner", None) == __name__ for finder in sys.meta_path):
    sys.meta_path.insert(0, Finder())

"""Gives Python the newest libraries of the extension modules of a distribution.

A development install has this package beside the modules; no wheel that is published has it. ``importlib.reload`` of a
module, or of a package that it is in, brings a newer library into a Python that has loaded an older one. Objects that
the older one made go on working. IPython's ``%autoreload 2`` does the same by itself.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def _is_inside(name, package):
    return (name + ".").startswith(package + ".")


class Module:
    """An extension module, and what it had in it when it was loaded last."""

    def __init__(self, name):
        self.name = name
        self.top = name.partition(".")[0]
        self.exports = {}
        self.kept = []

    def newest(self):
        """The path of the newest library."""
        stem = self.name + "."
        files = {}
        for name in os.listdir(HERE):
            number = name[len(stem) :].partition(".")[0]
            if name.startswith(stem) and number.isdigit():
                files[int(number)] = name
        if not files:
            raise ModuleNotFoundError("no library of " + self.name + " is in " + HERE, name=self.name)
        return os.path.join(HERE, files[max(files)])

    def refresh(self):
        """Brings the newest library into the module if that was loaded from another one; says whether it was."""
        module = sys.modules.get(self.name)
        if module is None or getattr(module, "__file__", None) == self.newest():
            return False
        old = dict(self.exports or vars(module))
        new = vars(self.load(module))
        space = vars(module)
        for name in old:
            if name not in new and space.get(name) is old[name]:
                del space[name]
        space.update(new)
        for name, other in list(sys.modules.items()):
            if other is not module and _is_inside(name, self.top):
                _rebind(other, old, new)
        _attend()
        return True

    def load(self, module):
        """A module of the newest library. The old one stays known to all, and gets what is in the new one."""
        from importlib.util import module_from_spec

        try:
            spec = self.spec()
            fresh = module_from_spec(spec)
            spec.loader.exec_module(fresh)
        finally:
            sys.modules[self.name] = module
        self.kept.append(fresh)
        return fresh

    def spec(self):
        from importlib.machinery import ExtensionFileLoader
        from importlib.util import spec_from_file_location

        owner = self

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
                        self.path = spec.origin = owner.newest()

            def exec_module(self, module):
                # When it is reloaded, Python executes a module again: this would bring its own old code back.
                if not self.executed:
                    super().exec_module(module)
                    self.executed = True
                    owner.exports = dict(vars(module))

        path = self.newest()
        return spec_from_file_location(self.name, path, loader=Loader(self.name, path))

    def reload_packages(self, outermost, itself):
        """Reloads the packages around the module, innermost first, up to one of them."""
        from importlib import reload

        name = self.name.rpartition(".")[0]
        while name and _is_inside(name, outermost):
            if name in sys.modules and (itself or name != outermost):
                reload(sys.modules[name])
            name = name.rpartition(".")[0]


def _rebind(module, old, new):
    """Gives the names of a module that stand for something of an old library what it is in the new one."""
    space = getattr(module, "__dict__", None)
    if space is None:
        return
    known = {id(value): name for name, value in old.items() if callable(value) or isinstance(value, type(sys))}
    for name, value in list(space.items()):
        origin = name if name in old and old[name] is value else known.get(id(value))
        if origin in new and not name.startswith("__"):
            space[name] = new[origin]


def _attend():
    """Has the source file loaded that is written with each library: IPython looks for changes of those."""
    from importlib import import_module

    import_module(__name__ + ".changes")


def autoreload(*libraries):
    """What IPython calls when it reloads ``changes``: as if the user had reloaded and imported all anew.

    The names of the libraries aren't used; the statement must be another for each.
    """
    for module in MODULES:
        old = dict(module.exports)
        if module.refresh():
            _rebind(sys.modules["__main__"], old, module.exports)
            module.reload_packages(module.top, True)


class Finder:
    """Finds the modules, and is asked when one, or what is in a package with it, is reloaded."""

    owner = __name__

    def find_spec(self, fullname, path=None, target=None):
        inside = [module for module in MODULES if _is_inside(fullname, module.top)]
        if not inside or not os.path.isdir(HERE):
            # Of another distribution; or another install has taken the place of this one.
            return None
        for module in inside:
            if target is not None and module.refresh():
                module.reload_packages(fullname, False)
        for module in inside:
            if fullname == module.name:
                return self.find_module(module, target)
        return _namespace(fullname, path) if target is None else None

    def find_module(self, module, target):
        loaded = sys.modules.get(module.name)
        if loaded is not None and loaded is target:
            return loaded.__spec__
        _attend()
        return module.spec()


def _namespace(fullname, path):
    """A package around a module that has no file of its own."""
    from importlib.machinery import ModuleSpec, PathFinder

    around = any(_is_inside(module.name, fullname) for module in MODULES)
    if not around or PathFinder.find_spec(fullname, path) is not None:
        return None
    return ModuleSpec(fullname, None, is_package=True)


MODULES = [Module(name) for name in $MODULES]

if not any(getattr(finder, "owner", None) == __name__ for finder in sys.meta_path):
    sys.meta_path.insert(0, Finder())

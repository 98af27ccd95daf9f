package io.github.nativemaven.wheel;

import io.github.nativemaven.project.ModuleName;

/** The package that holds an extension where a project has no Python source of its own. */
final class PureModule {
    private PureModule() {}

    /** An {@code __init__.py} that shows everything of the extension as if the package were it. */
    static String init(ModuleName module) {
        String name = module.last();
        return """
                from . import %1$s as _extension
                from .%1$s import *

                __doc__ = _extension.__doc__
                if hasattr(_extension, "__all__"):
                    __all__ = _extension.__all__
                del _extension
                """.formatted(name);
    }
}

package io.github.nativemaven.python;

import java.nio.file.Path;

/**
 * Where an environment keeps the parts of an installed distribution: absolute directories, which need not exist.
 *
 * @param purelib modules in Python alone: {@code lib/python3.11/site-packages}
 * @param platlib modules with native code; mostly the same directory
 * @param scripts programs: {@code bin} or {@code Scripts}
 * @param data the root for data files, which is the environment's own
 * @param headers the parent of each distribution's directory of C headers
 * @see <a href="https://docs.python.org/3/library/sysconfig.html#installation-paths">sysconfig, installation paths</a>
 */
public record InstallScheme(Path purelib, Path platlib, Path scripts, Path data, Path headers) {}

package io.github.nativemaven;

import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.InstallScheme;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.PythonVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Interpreters that are made up. */
public final class Interpreters {
    private Interpreters() {}

    /** An interpreter on Linux: {@code 3.11.7}, {@code 3.13.0t}, {@code pypy3.10.14}. */
    public static Interpreter of(String release) {
        Implementation implementation = release.startsWith("pypy") ? Implementation.PYPY : Implementation.CPYTHON;
        boolean freeThreaded = release.endsWith("t");
        String plain = release.replace("pypy", "").replace("t", "");
        PythonVersion version = PythonVersion.ofRelease(plain);
        String soabi = implementation == Implementation.PYPY
                ? "pypy" + version.tag() + "-pp73-x86_64-linux-gnu"
                : "cpython-" + version.tag() + (freeThreaded ? "t" : "") + "-x86_64-linux-gnu";
        Path root = Path.of("/python", release);
        Path program = root.resolve("bin/python");
        return new Interpreter(
                program,
                implementation,
                version,
                plain,
                freeThreaded,
                false,
                "." + soabi + ".so",
                soabi,
                64,
                "linux-x86_64",
                Optional.empty(),
                Optional.empty(),
                root,
                root,
                root,
                program,
                root,
                new InstallScheme(root, root, root, root, root),
                Map.of());
    }
}

package io.github.nativemaven.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shell script that answers the probe as some Python would. */
final class FakePython {
    private FakePython() {}

    /**
     * @param release {@code 3.11.7}, {@code 3.13.0t}
     */
    static Path write(Path file, String implementation, String release) throws IOException {
        boolean freeThreaded = release.endsWith("t");
        String plain = release.replace("t", "");
        String tag = PythonVersion.ofRelease(plain).tag() + (freeThreaded ? "t" : "");
        String soabi = implementation.equals("pypy") ? "pypy" + tag + "-pp73-x86_64-linux-gnu" : "cpython-" + tag;
        Path directory = file.getParent();
        Path root = directory.endsWith("bin") ? directory.getParent() : directory;
        String answer = """
                {"version": "%1$s", "implementation": "%2$s", "executable": "%3$s", "freeThreaded": %4$s,
                "debug": false, "extensionSuffix": ".%5$s.so", "soabi": "%5$s", "pointerWidth": 64,
                "platform": "linux-x86_64", "libraryDirectories": ["%6$s"], "sharedLibraries": [],
                "staticLibraries": [], "prefix": "%6$s", "basePrefix": "%6$s", "baseExecutable": "%3$s",
                "standardLibrary": "%6$s", "scheme": {"purelib": "%6$s", "platlib": "%6$s", "scripts": "%6$s",
                "data": "%6$s", "headers": "%6$s"}, "markers": {"python_version": "3"}}""".formatted(plain, implementation, file, freeThreaded, soabi, root);
        return program(file, "cat <<'X'\n<<interpreter" + answer + "interpreter>>\nX");
    }

    static Path program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made a program");
        }
        return file;
    }
}

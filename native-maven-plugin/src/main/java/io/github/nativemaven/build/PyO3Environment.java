package io.github.nativemaven.build;

import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables by which PyO3's build scripts learn about Python. */
public final class PyO3Environment {
    private PyO3Environment() {}

    /**
     * For an extension module, which finds Python's symbols in the process that loads it.
     *
     * <p>The Python is named by the installation and not by a virtual environment of it: both are the same to PyO3, and a
     * change of environment would recompile PyO3.
     */
    public static Map<String, String> extension(Interpreter interpreter) {
        Map<String, String> environment = common(interpreter);
        environment.put("PYO3_BUILD_EXTENSION_MODULE", "1");
        return environment;
    }

    /** For a program that carries Python in it, such as a test that is linked with libpython. */
    public static Map<String, String> embedding(Interpreter interpreter) {
        Map<String, String> environment = common(interpreter);
        environment.put("PYO3_BUILD_EXTENSION_MODULE", null);
        return environment;
    }

    /**
     * For an extension module of a Python that can't be asked.
     *
     * @param config says about it what must be known
     */
    public static Map<String, String> foreignExtension(Python python, Path config) {
        Map<String, String> environment = foreign(python, config);
        environment.put("PYO3_BUILD_EXTENSION_MODULE", "1");
        return environment;
    }

    /** For a program that carries a Python in it which can't be asked. */
    public static Map<String, String> foreignEmbedding(Python python, Path config) {
        Map<String, String> environment = foreign(python, config);
        environment.put("PYO3_BUILD_EXTENSION_MODULE", null);
        return environment;
    }

    private static Map<String, String> foreign(Python python, Path config) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PYO3_CONFIG_FILE", config.toString());
        environment.put("PYO3_ENVIRONMENT_SIGNATURE", python.environmentSignature());
        // What is said of this machine's Python would only be mistaken for the target's.
        List.of("PYO3_PYTHON", "PYTHON_SYS_EXECUTABLE", "PYO3_CROSS", "PYO3_CROSS_LIB_DIR", "PYO3_NO_PYTHON")
                .forEach(name -> environment.put(name, null));
        return environment;
    }

    private static Map<String, String> common(Interpreter interpreter) {
        String python = real(interpreter.baseExecutable()).toString();
        Map<String, String> environment = new TreeMap<>();
        environment.put("PYO3_PYTHON", python);
        environment.put("PYTHON_SYS_EXECUTABLE", python);
        environment.put("PYO3_ENVIRONMENT_SIGNATURE", interpreter.environmentSignature());
        return environment;
    }

    /** One name for one program: PyO3 is compiled anew when {@code python3} becomes {@code python3.11}. */
    private static Path real(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException e) {
            return program;
        }
    }
}

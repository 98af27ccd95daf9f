package io.github.nativemaven.build;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.PythonVersion;

/** Which Pythons one compiled extension works with. */
public sealed interface Abi {
    /** The interpreter part of a wheel's tag: {@code cp311}. */
    String pythonTag();

    /** The ABI part of a wheel's tag: {@code cp311}, {@code abi3}, {@code abi3.abi3t} for two. */
    String abiTag();

    /** A name for directories and progress, unique among the ABIs of one target: {@code cp311}, {@code cp38-abi3}. */
    String label();

    /** For a person: {@code CPython 3.11}, {@code CPython 3.8 and later (abi3)}. */
    String describe();

    /** The extension's file name: {@code _core.cpython-311-x86_64-linux-gnu.so}, {@code _core.abi3.so}. */
    String fileName(String module, OperatingSystem os);

    /** One release of one Python, which has a suffix of its own. */
    record VersionSpecific(Python interpreter) implements Abi {
        @Override
        public String pythonTag() {
            return interpreter.pythonTag();
        }

        @Override
        public String abiTag() {
            return interpreter.abiTag();
        }

        @Override
        public String label() {
            return interpreter.abiTag();
        }

        @Override
        public String describe() {
            return interpreter.describe();
        }

        @Override
        public String fileName(String module, OperatingSystem os) {
            return module + interpreter.extensionSuffix();
        }
    }

    /** Whatever Python 3 there is: what is compiled knows nothing of it. */
    record AnyPython() implements Abi {
        @Override
        public String pythonTag() {
            return "py3";
        }

        @Override
        public String abiTag() {
            return "none";
        }

        @Override
        public String label() {
            return "py3-none";
        }

        @Override
        public String describe() {
            return "any Python 3";
        }

        @Override
        public String fileName(String module, OperatingSystem os) {
            return switch (os) {
                case WINDOWS -> module + ".dll";
                case MACOS -> "lib" + module + ".dylib";
                default -> "lib" + module + ".so";
            };
        }
    }

    /**
     * Every CPython from a version on (PEP 384).
     *
     * @param oldest the first
     * @param freeThreaded whether also those without the global interpreter lock (PEP 803)
     */
    record Stable(PythonVersion oldest, boolean freeThreaded) implements Abi {
        /** For those with the global interpreter lock. */
        public Stable(PythonVersion oldest) {
            this(oldest, false);
        }

        @Override
        public String pythonTag() {
            return "cp" + oldest.tag();
        }

        @Override
        public String abiTag() {
            return freeThreaded ? "abi3.abi3t" : "abi3";
        }

        @Override
        public String label() {
            return pythonTag() + "-" + kind();
        }

        @Override
        public String describe() {
            return "CPython " + oldest + " and later (" + kind() + ")";
        }

        @Override
        public String fileName(String module, OperatingSystem os) {
            return module + (os == OperatingSystem.WINDOWS ? ".pyd" : "." + kind() + ".so");
        }

        private String kind() {
            return freeThreaded ? "abi3t" : "abi3";
        }
    }
}

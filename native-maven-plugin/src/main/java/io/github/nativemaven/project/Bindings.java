package io.github.nativemaven.project;

import io.github.nativemaven.cargo.Crate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a crate is made callable from Python. */
public sealed interface Bindings {
    /** The names that a user may set. */
    List<String> IDS = List.of("pyo3", "pyo3-ffi", "cffi", "uniffi", "bin");

    /** The name that a user would set. */
    String id();

    /** One line for a person: {@code PyO3 0.28.3}. */
    String describe();

    /** The crate's programs that are installed beside Python's own, by the names of their targets. */
    List<String> programs();

    /** Whether the crate's library goes into the distribution. */
    default boolean hasLibrary() {
        return true;
    }

    /** PyO3, where the crate is compiled for one Python, or for the stable ABI of several. */
    default Optional<PyO3> python() {
        return Optional.empty();
    }

    /**
     * An extension module made with PyO3 or its low-level crate.
     *
     * @param crate {@code pyo3}, or {@code pyo3-ffi}
     * @param features its features that are on
     */
    record PyO3(Crate crate, Set<String> features, List<String> programs) implements Bindings {
        @Override
        public String id() {
            return crate.name();
        }

        @Override
        public String describe() {
            return (crate.name().equals("pyo3") ? "PyO3 " : crate.name() + " ") + crate.version();
        }

        @Override
        public Optional<PyO3> python() {
            return Optional.of(this);
        }

        /** The lowest Python version that the stable ABI is asked for: 3.8 as {@code 8}; empty where it isn't asked for. */
        public Optional<Integer> stableAbiMinor() {
            return features.stream()
                    .filter(feature -> feature.startsWith("abi3-py3"))
                    .map(feature -> Integer.valueOf(feature.substring("abi3-py3".length())))
                    .min(Integer::compare);
        }

        /** Whether the stable ABI is asked for, at whatever version. */
        public boolean isStableAbi() {
            return features.contains("abi3") || stableAbiMinor().isPresent();
        }
    }

    /** A library with a C interface, which Python's cffi loads. */
    record Cffi(List<String> programs) implements Bindings {
        @Override
        public String id() {
            return "cffi";
        }

        @Override
        public String describe() {
            return "cffi";
        }
    }

    /**
     * A library whose Python module UniFFI writes.
     *
     * @param crate {@code uniffi}
     */
    record UniFfi(Crate crate, List<String> programs) implements Bindings {
        @Override
        public String id() {
            return "uniffi";
        }

        @Override
        public String describe() {
            return "UniFFI " + crate.version();
        }
    }

    /**
     * Programs only.
     *
     * @param programs one or more
     * @param python PyO3, where the programs carry a Python in them
     */
    record Bin(List<String> programs, Optional<PyO3> python) implements Bindings {
        @Override
        public String id() {
            return "bin";
        }

        @Override
        public String describe() {
            String names = (programs.size() == 1 ? "program " : "programs ") + String.join(", ", programs);
            return names + python.map(pyo3 -> " with " + pyo3.describe()).orElse("");
        }

        @Override
        public boolean hasLibrary() {
            return false;
        }
    }
}

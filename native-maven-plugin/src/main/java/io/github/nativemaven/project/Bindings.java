package io.github.nativemaven.project;

import io.github.nativemaven.cargo.Crate;
import java.util.Optional;
import java.util.Set;

/** How a crate is made callable from Python. */
public sealed interface Bindings {
    /** The name that a user would set. */
    String id();

    /** One line for a person: {@code PyO3 0.28.3}. */
    String describe();

    /**
     * An extension module made with PyO3 or its low-level crate.
     *
     * @param crate {@code pyo3}, or {@code pyo3-ffi}
     * @param features its features that are on
     */
    record PyO3(Crate crate, Set<String> features) implements Bindings {
        @Override
        public String id() {
            return crate.name();
        }

        @Override
        public String describe() {
            return (crate.name().equals("pyo3") ? "PyO3 " : crate.name() + " ") + crate.version();
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
}

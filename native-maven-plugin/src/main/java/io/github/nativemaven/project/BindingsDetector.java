package io.github.nativemaven.project;

import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import java.util.List;
import java.util.Optional;

/**
 * Finds out how a crate is made callable from Python: as it was asked for, else by what it is linked with and what it is
 * made as.
 */
final class BindingsDetector {
    /** A program that serves the build, and nobody who installs the distribution. */
    private static final String BINDGEN = "uniffi-bindgen";

    private final CargoMetadata workspace;
    private final Crate crate;
    private final Optional<Setting<List<String>>> programs;

    private BindingsDetector(CargoMetadata workspace, Crate crate, Optional<Setting<List<String>>> programs) {
        this.workspace = workspace;
        this.crate = crate;
        this.programs = programs;
    }

    /**
     * @param asked one of {@link Bindings#IDS}
     * @param programs names of programs; left out, all of them where the crate has nothing else to offer, else none
     */
    static Bindings detect(
            CargoMetadata workspace,
            Crate crate,
            Optional<Setting<String>> asked,
            Optional<Setting<List<String>>> programs) {
        BindingsDetector detector = new BindingsDetector(workspace, crate, programs);
        return asked.map(detector::asked).orElseGet(detector::found);
    }

    private Bindings asked(Setting<String> asked) {
        return switch (asked.value()) {
            case "pyo3", "pyo3-ffi" ->
                extension(pyo3(List.of(asked.value())).orElseThrow(() -> missing(asked, asked.value())));
            case "cffi" -> library(new Bindings.Cffi(someOrNone()));
            case "uniffi" -> library(uniffi().orElseThrow(() -> missing(asked, "uniffi")));
            case "bin" -> new Bindings.Bin(someOrAll(), pyo3(List.of("pyo3", "pyo3-ffi")));
            default ->
                throw new ProjectProblem.InvalidSetting(asked, "expected one of " + String.join(", ", Bindings.IDS))
                        .asFailure();
        };
    }

    private RuntimeException missing(Setting<String> asked, String dependency) {
        return new ProjectProblem.InvalidSetting(
                        asked, "the crate of " + crate.manifest() + " does not depend on " + dependency)
                .asFailure();
    }

    private Bindings found() {
        Optional<Bindings.PyO3> pyo3 = pyo3(List.of("pyo3", "pyo3-ffi"));
        boolean hasLibrary = libraryTypes().contains("cdylib");
        boolean hasPrograms = !crate.binaries().isEmpty();
        if (pyo3.isPresent()) {
            return hasPrograms && !hasLibrary ? new Bindings.Bin(someOrAll(), pyo3) : extension(pyo3.get());
        }
        Optional<Bindings> uniffi = uniffi();
        if (uniffi.isPresent()) {
            return library(uniffi.get());
        }
        if (hasLibrary) {
            return new Bindings.Cffi(someOrNone());
        }
        if (hasPrograms) {
            return new Bindings.Bin(someOrAll(), Optional.empty());
        }
        throw new ProjectProblem.NoBindings(crate.manifest(), crate.name()).asFailure();
    }

    private Optional<Bindings.PyO3> pyo3(List<String> names) {
        for (String name : names) {
            List<Crate> found = workspace.directDependencies(crate, name);
            if (found.size() > 1) {
                throw new ProjectProblem.SeveralBindings(
                                crate.manifest(),
                                found.stream().map(Crate::version).sorted().toList())
                        .asFailure();
            }
            if (found.size() == 1) {
                return Optional.of(new Bindings.PyO3(found.get(0), workspace.featuresOf(found.get(0)), someOrNone()));
            }
        }
        return Optional.empty();
    }

    private Optional<Bindings> uniffi() {
        return workspace.dependency(crate, "uniffi").map(found -> new Bindings.UniFfi(found, someOrNone()));
    }

    private Bindings extension(Bindings.PyO3 bindings) {
        if (!libraryTypes().contains("cdylib")) {
            throw new ProjectProblem.NoDynamicLibrary(crate.manifest(), libraryTypes()).asFailure();
        }
        return bindings;
    }

    /** Where the library isn't declared as a C dynamic library, cargo is told to make one all the same. */
    private Bindings library(Bindings bindings) {
        if (crate.library().isEmpty()) {
            throw new ProjectProblem.NoDynamicLibrary(crate.manifest(), libraryTypes()).asFailure();
        }
        return bindings;
    }

    private List<String> libraryTypes() {
        return crate.library().map(Crate.Target::crateTypes).orElse(List.of());
    }

    private List<String> someOrNone() {
        return programs.map(this::checked).orElse(List.of());
    }

    private List<String> someOrAll() {
        return programs.map(this::checked).orElseGet(this::all);
    }

    /** A program whose features are off isn't built by cargo either; a crate of such programs only is at fault. */
    private List<String> all() {
        List<String> all = crate.binaries().stream()
                .filter(target -> !target.name().equals(BINDGEN))
                .filter(target -> workspace.isOn(crate, target.requiredFeatures()))
                .map(Crate.Target::name)
                .toList();
        if (all.isEmpty()) {
            throw new ProjectProblem.NoPrograms(
                            crate.manifest(),
                            crate.binaries().stream()
                                    .flatMap(target -> target.requiredFeatures().stream())
                                    .distinct()
                                    .toList())
                    .asFailure();
        }
        return all;
    }

    private List<String> checked(Setting<List<String>> asked) {
        List<String> names = crate.binaries().stream().map(Crate.Target::name).toList();
        for (String name : asked.value()) {
            if (!names.contains(name)) {
                String there = names.isEmpty() ? "none" : String.join(", ", names);
                throw new ProjectProblem.InvalidSetting(
                                new Setting<>(name, asked.origin()),
                                "no such program in " + crate.manifest() + "; there are: " + there)
                        .asFailure();
            }
        }
        return asked.value();
    }
}

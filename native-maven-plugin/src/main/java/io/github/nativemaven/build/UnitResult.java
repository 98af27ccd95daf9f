package io.github.nativemaven.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one unit came to.
 *
 * @param unit the unit
 * @param library the dynamic library that cargo wrote, where the bindings have one; never to be changed
 * @param further the libraries of the project's further extension modules, in their order; never to be changed
 * @param programs the programs that cargo wrote, in the order that they were asked for; never to be changed
 * @param generated Python files that were written for the library, such as {@code ffi.py}
 * @param outDirectories where build scripts wrote, by cargo's package id
 * @param libraryDirectories where build scripts told the linker to look for libraries
 * @param packages cargo's ids of all packages that were compiled or found fresh, with what they are compiled by
 * @param compiled how many targets were compiled
 * @param fresh how many were up to date
 * @param time how long cargo ran
 */
public record UnitResult(
        Unit unit,
        Optional<Path> library,
        List<Path> further,
        List<Path> programs,
        List<Path> generated,
        Map<String, Path> outDirectories,
        List<Path> libraryDirectories,
        Set<String> packages,
        int compiled,
        int fresh,
        Duration time) {
    public UnitResult {
        further = List.copyOf(further);
        programs = List.copyOf(programs);
        generated = List.copyOf(generated);
        libraryDirectories = List.copyOf(libraryDirectories);
        packages = Set.copyOf(packages);
    }

    /** What came of a unit without further modules. */
    public UnitResult(
            Unit unit,
            Optional<Path> library,
            List<Path> programs,
            List<Path> generated,
            Map<String, Path> outDirectories,
            List<Path> libraryDirectories,
            Set<String> packages,
            int compiled,
            int fresh,
            Duration time) {
        this(
                unit,
                library,
                List.of(),
                programs,
                generated,
                outDirectories,
                libraryDirectories,
                packages,
                compiled,
                fresh,
                time);
    }

    /** The libraries of the project's extension modules, in their order. */
    public List<Path> libraries() {
        return Stream.concat(library.stream(), further.stream()).toList();
    }

    /** Everything that cargo compiled for shipping, each file once: libraries and programs. */
    public List<Path> binaries() {
        return Stream.concat(libraries().stream(), programs.stream()).distinct().toList();
    }

    /** The same with other files in the place of those that cargo wrote. */
    public UnitResult withBinaries(UnaryOperator<Path> other) {
        return new UnitResult(
                unit,
                library.map(other),
                further.stream().map(other).toList(),
                programs.stream().map(other).toList(),
                generated,
                outDirectories,
                libraryDirectories,
                packages,
                compiled,
                fresh,
                time);
    }

    /** The same with Python files. */
    public UnitResult withGenerated(List<Path> files) {
        return new UnitResult(
                unit,
                library,
                further,
                programs,
                files,
                outDirectories,
                libraryDirectories,
                packages,
                compiled,
                fresh,
                time);
    }
}

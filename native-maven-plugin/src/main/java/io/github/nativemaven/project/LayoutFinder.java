package io.github.nativemaven.project;

import io.github.nativemaven.python.Identifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds a project's Python source and data. */
final class LayoutFinder {
    /** Where Maven has a project's source: all of it is shipped. */
    static final String MAIN = "src/main/python";

    private LayoutFinder() {}

    static Layout find(
            Path directory,
            Optional<PyProject> pyproject,
            ModuleName module,
            List<ExtensionModule> further,
            Setting<Path> source) {
        Maturin maturin = pyproject.map(PyProject::maturin).orElse(Maturin.NONE);
        Optional<Path> pythonPackage = packageOf(source.value(), module);
        Set<Path> sources = new LinkedHashSet<>(pythonPackage.stream().toList());
        further.forEach(each -> packageOf(source.value(), each.name()).ifPresent(sources::add));
        if (maturin.pythonPackages().isPresent()) {
            sources.addAll(named(source.value(), maturin.pythonPackages().get()));
        } else if (source.value().equals(directory.resolve(MAIN))) {
            sources.addAll(all(source.value()));
        }
        return new Layout(source.value(), pythonPackage, List.copyOf(sources), data(directory, maturin, module));
    }

    /** The directory that a module lies in; one that only holds a crate is none. */
    private static Optional<Path> packageOf(Path source, ModuleName module) {
        Path directory = source.resolve(module.first());
        boolean onlyCrate =
                Files.exists(directory.resolve("Cargo.toml")) && !Files.exists(directory.resolve("__init__.py"));
        return Files.isDirectory(directory) && !onlyCrate ? Optional.of(directory) : Optional.empty();
    }

    /** A dotted name is a package in a package. */
    private static List<Path> named(Path source, Setting<List<String>> names) {
        return names.value().stream()
                .map(name -> {
                    Path directory = source.resolve(name.replace('.', '/')).normalize();
                    Path module = source.resolve(name.replace('.', '/') + ".py").normalize();
                    Path found = Files.isDirectory(directory) ? directory : module;
                    if (!Files.exists(found) || !found.startsWith(source)) {
                        throw new ProjectProblem.NoDirectory(new Setting<>(directory, names.origin())).asFailure();
                    }
                    return found;
                })
                .toList();
    }

    private static List<Path> all(Path source) {
        try (Stream<Path> members = Files.list(source)) {
            return members.filter(LayoutFinder::isSource).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSource(Path member) {
        String name = member.getFileName().toString();
        return Files.isDirectory(member) ? Identifiers.isIdentifier(name) : name.matches(".*\\.pyi?");
    }

    private static Optional<Path> data(Path directory, Maturin maturin, ModuleName module) {
        Optional<Setting<Path>> asked =
                maturin.data().map(setting -> setting.map(directory::resolve).map(Path::normalize));
        asked.filter(setting -> !Files.isDirectory(setting.value())).ifPresent(setting -> {
            throw new ProjectProblem.NoDirectory(setting).asFailure();
        });
        Path byName = directory.resolve(module + ".data");
        Path byFirst = directory.resolve(module.first() + ".data");
        return asked.map(Setting::value)
                .or(() -> Stream.of(byName, byFirst).filter(Files::isDirectory).findFirst());
    }
}

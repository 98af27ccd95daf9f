package io.github.nativemaven.cargo;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.TomlTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * What the user told cargo about targets and profiles: by variables, by {@code --config}, and in configuration files. Files that
 * cargo itself can't read are passed over, because cargo will say so.
 *
 * @see <a href="https://doc.rust-lang.org/cargo/reference/config.html">cargo's configuration</a>
 */
public final class CargoConfig {
    private static final String UNIT_SEPARATOR = "\u001f";
    private static final String TARGET_VARIABLE = "CARGO_BUILD_TARGET";
    private static final List<String> TARGET_KEY = List.of("build", "target");

    private final Host host;
    private final CargoSettings settings;
    private final List<Source> files;

    private CargoConfig(Host host, CargoSettings settings, List<Source> files) {
        this.host = host;
        this.settings = settings;
        this.files = files;
    }

    private record Source(Path file, TomlTable content) {}

    /**
     * What cargo builds for where it isn't told.
     *
     * @param words target triples, or {@code host-tuple}
     * @param origin the variable, argument or file that says so
     */
    public record BuildTargets(List<String> words, String origin) {
        public BuildTargets {
            words = List.copyOf(words);
        }
    }

    /** Reads the files that cargo would in a directory, the one that wins first. */
    public static CargoConfig read(Host host, CargoSettings settings, Path directory) {
        List<Path> directories = new ArrayList<>();
        for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
            directories.add(at.resolve(".cargo"));
        }
        directories.add(Cargo.cargoHome(host));
        List<Source> files = directories.stream()
                .distinct()
                .flatMap(it -> Stream.of("config", "config.toml")
                        .map(it::resolve)
                        .filter(Files::isRegularFile)
                        .limit(1))
                .flatMap(file -> source(file).stream())
                .toList();
        return new CargoConfig(host, settings, files);
    }

    private static Optional<Source> source(Path file) {
        try {
            return TomlTexts.parse(Files.readString(file))
                    .filter(content -> !content.hasErrors())
                    .map(content -> new Source(file, content));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A variable, as cargo will see it. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(settings.environment().get(name)).or(() -> host.variable(name));
    }

    /** Who chose a linker for a target: a variable, an argument or a file; empty where nobody did. */
    public Optional<String> linker(TargetTriple target) {
        String variable = "CARGO_TARGET_" + target.environmentName() + "_LINKER";
        if (variable(variable).isPresent()) {
            return Optional.of(variable);
        }
        String key = "target." + target + ".linker";
        if (settings.arguments().stream()
                .anyMatch(argument -> argument.replaceAll("[\"' ]", "").contains(key))) {
            return Optional.of("--config " + key);
        }
        return files.stream()
                .filter(source -> choosesLinker(source.content(), target))
                .map(source -> key + " in " + source.file())
                .findFirst();
    }

    private static boolean choosesLinker(TomlTable content, TargetTriple target) {
        return content.get(List.of("target", target.value(), "linker")) != null
                || flags(content, List.of("target", target.value(), "rustflags")).stream()
                        .anyMatch(flag -> flag.replace("-C", "").strip().startsWith("linker="));
    }

    /** What {@code build.target} says: an argument, else a variable, else files; empty where nobody says anything. */
    public Optional<BuildTargets> buildTargets() {
        return targetsOfArguments()
                .or(() -> variable(TARGET_VARIABLE).map(word -> new BuildTargets(List.of(word), TARGET_VARIABLE)))
                .or(this::targetsOfFiles);
    }

    private Optional<BuildTargets> targetsOfArguments() {
        return settings.arguments().stream()
                .map(argument -> argument.replaceFirst("^--config=", ""))
                .filter(argument -> argument.replaceAll("[\"' ]", "").startsWith("build.target="))
                .flatMap(argument -> TomlTexts.parse(argument).stream())
                .filter(content -> !content.hasErrors())
                .map(content -> new BuildTargets(words(content), "--config build.target"))
                .filter(targets -> !targets.words().isEmpty())
                .findFirst();
    }

    /** cargo joins lists of several files, that of the nearest at the end. */
    private Optional<BuildTargets> targetsOfFiles() {
        List<Source> saying = files.stream()
                .filter(source -> !words(source.content()).isEmpty())
                .toList();
        if (saying.isEmpty()) {
            return Optional.empty();
        }
        Source nearest = saying.get(0);
        List<String> words = new ArrayList<>(words(nearest.content()));
        if (nearest.content().get(TARGET_KEY) instanceof TomlArray) {
            saying.stream()
                    .skip(1)
                    .filter(source -> source.content().get(TARGET_KEY) instanceof TomlArray)
                    .forEach(source -> words.addAll(0, words(source.content())));
        }
        return Optional.of(new BuildTargets(words.stream().distinct().toList(), "build.target in " + nearest.file()));
    }

    private static List<String> words(TomlTable content) {
        return strings(content, TARGET_KEY).stream()
                .filter(word -> !word.isBlank())
                .toList();
    }

    /**
     * Whether anybody says this of a profile, or of one that it inherits from.
     *
     * @param manifest the workspace's Cargo.toml
     * @param profile cargo's, such as {@code release}
     * @param key such as {@code debug}
     */
    public boolean profileSays(Path manifest, String profile, String key) {
        List<TomlTable> contents = Stream.concat(source(manifest).stream(), files.stream())
                .map(Source::content)
                .toList();
        Set<String> seen = new HashSet<>();
        Optional<String> name = Optional.of(profile);
        while (name.isPresent() && seen.add(name.get())) {
            List<String> place = List.of("profile", name.get(), key);
            String variable = ("CARGO_PROFILE_" + name.get() + "_" + key)
                    .toUpperCase(Locale.ROOT)
                    .replace('-', '_');
            boolean said = variable(variable).isPresent()
                    || settings.arguments().stream().anyMatch(argument -> argument.replaceAll("[\"' ]", "")
                            .contains(String.join(".", place)))
                    || contents.stream().anyMatch(content -> content.get(place) != null);
            if (said) {
                return true;
            }
            List<String> parent = List.of("profile", name.get(), "inherits");
            name = contents.stream()
                    .map(content -> content.get(parent))
                    .filter(Objects::nonNull)
                    .map(Objects::toString)
                    .findFirst();
        }
        return false;
    }

    /** The flags of rustc that variables give; empty where no variable is set, which then hides those of files. */
    public Optional<List<String>> rustFlagsOfVariables() {
        return variable("CARGO_ENCODED_RUSTFLAGS")
                .map(text -> Arrays.asList(text.split(UNIT_SEPARATOR)))
                .or(() -> variable("RUSTFLAGS")
                        .map(text -> Arrays.asList(text.strip().split("\\s+"))));
    }

    /** The flags of {@code build.rustflags}, which cargo forgets where a target has flags of its own. */
    public List<String> rustFlagsOfBuild(TargetTriple target) {
        boolean hidden = files.stream()
                .anyMatch(source -> source.content().get(List.of("target", target.value(), "rustflags")) != null);
        return hidden
                ? List.of()
                : files.stream()
                        .flatMap(source -> flags(source.content(), List.of("build", "rustflags")).stream())
                        .toList();
    }

    private static List<String> flags(TomlTable content, List<String> key) {
        return content.get(key) instanceof String text
                ? Arrays.asList(text.strip().split("\\s+"))
                : strings(content, key);
    }

    /** A list, or one. */
    private static List<String> strings(TomlTable content, List<String> key) {
        Object value = content.get(key);
        if (value instanceof TomlArray array) {
            return array.toList().stream().map(Objects::toString).toList();
        }
        return value instanceof String text ? List.of(text) : List.of();
    }
}

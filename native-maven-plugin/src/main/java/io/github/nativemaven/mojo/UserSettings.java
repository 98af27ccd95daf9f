package io.github.nativemaven.mojo;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.project.FileRuleReader;
import io.github.nativemaven.project.Maturin.FileRule;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Requirement;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the user set, and where: the command line wins over the POM's configuration, which wins over the POM's properties.
 */
final class UserSettings {
    private static final String OPERATORS = "<>=!~";

    private final Properties commandLine;
    private final Properties pomProperties;
    private final Path directory;

    /** @param directory what relative paths of properties are taken from */
    UserSettings(Properties commandLine, Properties pomProperties, Path directory) {
        this.commandLine = commandLine;
        this.pomProperties = pomProperties;
        this.directory = directory;
    }

    Optional<Setting<String>> text(String property, String configured, String element) {
        return setting(property, configured, element, Function.identity());
    }

    /** A list; on the command line parted by commas, but for those within a range: {@code >=3.9,<3.12}. */
    Optional<Setting<List<String>>> list(String property, List<String> configured, String element) {
        return setting(property, configured, element, UserSettings::split);
    }

    Optional<Setting<Path>> path(String property, File configured, String element) {
        return setting(property, configured == null ? null : configured.toPath(), element, directory::resolve);
    }

    /** Yes or no, where it is said, and a bare property is yes; anything else is a problem that names the setting. */
    Optional<Setting<Boolean>> choice(String property, Boolean configured, String element) {
        return setting(property, configured == null ? null : configured.toString(), element, Function.identity())
                .map(text -> {
                    String value = text.value().strip();
                    if (!value.isEmpty() && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
                        throw new ProjectProblem.InvalidSetting(text, "expected true or false").asFailure();
                    }
                    return text.map(all -> !value.equalsIgnoreCase("false"));
                });
    }

    boolean flag(String property, Boolean configured, String element) {
        return choice(property, configured, element).map(Setting::value).orElse(false);
    }

    /** Requirements, each of which is one. */
    List<String> requirements(String property, List<String> configured, String element) {
        Optional<Setting<List<String>>> asked = list(property, configured, element);
        for (String text : asked.map(Setting::value).orElse(List.of())) {
            try {
                Requirement.parse(text);
            } catch (MalformedException e) {
                Setting<String> setting = new Setting<>(text, asked.get().origin());
                throw new ProjectProblem.InvalidSetting(setting, e.reason()).asFailure(e);
            }
        }
        return asked.map(Setting::value).orElse(List.of());
    }

    /** The flags of pyproject.toml to which the user says no. */
    Set<String> off(CargoConfiguration cargo) {
        Set<String> off = new TreeSet<>();
        choice("rust.allFeatures", cargo.allFeatures, "")
                .filter(no -> !no.value())
                .ifPresent(no -> off.add("all-features"));
        choice("rust.noDefaultFeatures", cargo.noDefaultFeatures, "")
                .filter(no -> !no.value())
                .ifPresent(no -> off.add("no-default-features"));
        choice("rust.locked", cargo.locked, "").filter(no -> !no.value()).ifPresent(no -> off.add("locked"));
        return off;
    }

    /** A number; anything else is a problem that names the setting. */
    Optional<Setting<Integer>> number(String property, Integer configured, String element) {
        return setting(property, configured == null ? null : configured.toString(), element, Function.identity())
                .map(text -> {
                    try {
                        return text.map(Integer::valueOf);
                    } catch (NumberFormatException e) {
                        throw new ProjectProblem.InvalidSetting(text, "expected a whole number").asFailure(e);
                    }
                });
    }

    /** Rules of files; on the command line patterns, parted by commas. */
    Optional<List<FileRule>> rules(String property, List<FileRuleConfiguration> configured, String element) {
        if (configured != null && commandLine.getProperty(property) == null) {
            return Optional.of(
                    configured.stream().map(each -> each.rule(element)).toList());
        }
        return list(property, null, element).map(patterns -> patterns.value().stream()
                .map(pattern -> FileRuleReader.of(pattern, patterns.origin()))
                .toList());
    }

    private <T> Optional<Setting<T>> setting(
            String property, T configured, String element, Function<String, T> parser) {
        String given = commandLine.getProperty(property);
        if (given != null) {
            return Optional.of(new Setting<>(parser.apply(given), "-D" + property));
        }
        if (configured != null) {
            return Optional.of(new Setting<>(configured, element));
        }
        return Optional.ofNullable(pomProperties.getProperty(property))
                .map(value -> new Setting<>(parser.apply(value), "<properties><" + property + ">"));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",")) {
            String word = part.strip();
            int last = parts.size() - 1;
            boolean continued = last >= 0 && startsWithOperator(word) && hasOperator(parts.get(last));
            if (continued) {
                parts.set(last, parts.get(last) + "," + word);
            } else if (!word.isEmpty()) {
                parts.add(word);
            }
        }
        return parts;
    }

    private static boolean startsWithOperator(String word) {
        return !word.isEmpty() && OPERATORS.indexOf(word.charAt(0)) >= 0;
    }

    private static boolean hasOperator(String word) {
        return word.chars().anyMatch(c -> OPERATORS.indexOf(c) >= 0);
    }
}

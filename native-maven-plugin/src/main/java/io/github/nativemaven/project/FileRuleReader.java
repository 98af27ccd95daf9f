package io.github.nativemaven.project;

import io.github.nativemaven.project.Maturin.FileRule;
import io.github.nativemaven.project.Maturin.Format;
import io.github.nativemaven.project.Maturin.OutDirectory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a rule of {@code include} or {@code exclude}, wherever it stands. */
public final class FileRuleReader {
    private FileRuleReader() {}

    /** The members of a rule, and how to say what is wrong with one. */
    public interface Members {
        /** File, line and key, or the element of the POM. */
        String origin();

        /** One of {@code path}, {@code from}, {@code to}, {@code crate-name}. */
        Optional<String> text(String key);

        /** The archives that the rule is for. */
        Optional<List<String>> formats();

        /** A member as it would be written there: {@code to = "pkg/"}. */
        String written(String key, String value);

        /** A problem with one member. */
        RuntimeException invalid(String key, String reason);
    }

    /** A pattern alone, for every archive. */
    public static FileRule of(String pattern, String origin) {
        return new FileRule(glob(pattern, origin), EnumSet.allOf(Format.class), Optional.empty(), origin);
    }

    /** A rule with members. What is wrong with one is thrown as a problem that says where it stands. */
    public static FileRule of(Members members) {
        String path = members.text("path")
                .orElseThrow(() -> members.invalid("path", "is missing: write " + members.written("path", "…")));
        Optional<OutDirectory> outDirectory = outDirectory(members);
        Set<Format> formats = outDirectory.isPresent() ? EnumSet.of(Format.WHEEL) : formats(members);
        return new FileRule(glob(path, members.origin()), formats, outDirectory, members.origin());
    }

    /** What is made by a build script isn't there before the build, and can go into a wheel only. */
    private static Optional<OutDirectory> outDirectory(Members members) {
        Optional<String> from = members.text("from");
        if (from.isEmpty()) {
            return Optional.empty();
        }
        if (!from.get().equals("out-dir")) {
            throw members.invalid(
                    "from", "'" + from.get() + "' is no place; write " + members.written("from", "out-dir"));
        }
        String to = members.text("to")
                .orElseThrow(() -> members.invalid("to", "is missing: write " + members.written("to", "my_package/")))
                .replaceFirst("/+$", "");
        if (Arrays.asList(to.split("/")).contains("..") || to.startsWith("/")) {
            throw members.invalid("to", "'" + to + "' must stay in the wheel: a relative path without '..'");
        }
        return Optional.of(new OutDirectory(to.replaceFirst("^\\./", ""), members.text("crate-name")));
    }

    private static Set<Format> formats(Members members) {
        Optional<List<String>> names = members.formats();
        if (names.isEmpty()) {
            return EnumSet.allOf(Format.class);
        }
        Set<Format> formats = EnumSet.noneOf(Format.class);
        for (String name : names.get()) {
            formats.add(
                    switch (name) {
                        case "sdist" -> Format.SDIST;
                        case "wheel" -> Format.WHEEL;
                        default ->
                            throw members.invalid(
                                    "format", "'" + name + "' is no format; write \"sdist\", \"wheel\" or both");
                    });
        }
        return formats;
    }

    /** The pattern, which must stay in the project. */
    static String glob(String path, String origin) {
        String text = path.replaceFirst("^(\\./)+", "");
        String wrong = text.startsWith("/") || text.matches("[A-Za-z]:.*")
                ? "must be relative to the project"
                : Arrays.asList(text.split("/")).contains("..") ? "must not leave the project" : "";
        if (text.isEmpty() || !wrong.isEmpty()) {
            throw new ProjectProblem.InvalidSetting(
                            new Setting<>(path, origin), text.isEmpty() ? "names no file" : wrong)
                    .asFailure();
        }
        return text;
    }
}

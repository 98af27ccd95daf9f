package io.github.nativemaven.sdist;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Cargo.lock that is cut down to what some crates need, so that cargo finds nothing to change in it. */
final class LockFile {
    private static final Pattern NAME = Pattern.compile("(?m)^name = \"(.+)\"$");
    private static final Pattern VERSION = Pattern.compile("(?m)^version = \"(.+)\"$");
    private static final Pattern SOURCE = Pattern.compile("(?m)^source = \"(.+)\"$");
    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^ \"(.+)\",$");

    private LockFile() {}

    /** A package, as cargo writes it. */
    private record Locked(String text, String name, String version, String source) {
        static Locked of(String text) {
            return new Locked(text, first(NAME, text), first(VERSION, text), first(SOURCE, text));
        }

        private static String first(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? matcher.group(1) : "";
        }

        /** Whether an entry of a list of dependencies means this: a name, with version and source where it takes them. */
        boolean isMeant(String entry) {
            return entry.equals(name)
                    || entry.equals(name + " " + version)
                    || entry.equals(name + " " + version + " (" + source + ")");
        }

        List<String> dependencies() {
            return DEPENDENCY
                    .matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        }
    }

    /** The packages that come from a registry or repository, each as {@code name-version}. */
    static List<String> fromElsewhere(String text) {
        return Stream.of(text.replace("\r\n", "\n").split("\n(?=\\[\\[?)"))
                .filter(part -> part.startsWith("[[package]]"))
                .map(Locked::of)
                .filter(each -> !each.source().isEmpty())
                .map(each -> each.name() + "-" + each.version())
                .toList();
    }

    /**
     * Leaves out the packages that nobody needs any more.
     *
     * @param text a Cargo.lock
     * @param crates names of the crates that stay, none of them from a registry
     */
    static String cutDown(String text, Collection<String> crates) {
        String[] parts = text.replace("\r\n", "\n").split("\n(?=\\[\\[?)");
        List<Locked> packages = new ArrayList<>();
        for (String part : parts) {
            if (part.startsWith("[[package]]")) {
                packages.add(Locked.of(part));
            }
        }
        Set<Locked> needed = new LinkedHashSet<>();
        Deque<Locked> open = new ArrayDeque<>(packages.stream()
                .filter(each -> each.source().isEmpty() && crates.contains(each.name()))
                .toList());
        while (!open.isEmpty()) {
            Locked each = open.pop();
            if (needed.add(each)) {
                each.dependencies().forEach(entry -> packages.stream()
                        .filter(it -> it.isMeant(entry))
                        .forEach(open::push));
            }
        }
        if (needed.size() == packages.size()) {
            return text;
        }
        Set<String> kept = needed.stream().map(Locked::text).collect(Collectors.toSet());
        List<String> left = new ArrayList<>();
        for (String part : parts) {
            if (!part.startsWith("[[package]]") || kept.contains(part)) {
                left.add(part);
            }
        }
        return String.join("\n", left).stripTrailing() + "\n";
    }
}

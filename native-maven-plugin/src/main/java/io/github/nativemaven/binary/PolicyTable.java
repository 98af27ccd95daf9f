package io.github.nativemaven.binary;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.PlatformTag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code policies.txt}, which explains itself, for one machine and C library. */
final class PolicyTable {
    private static final String RESOURCE = "policies.txt";

    private final Architecture architecture;
    private final String libcWord;
    private final List<Policy> policies = new ArrayList<>();
    private final Set<String> libraries = new HashSet<>();
    private final Map<String, String> limits = new HashMap<>();
    private final Map<String, Set<String>> forbidden = new HashMap<>();
    private boolean ours;
    private String version;
    private String alias;
    private boolean asked;
    private boolean forMachine;

    private PolicyTable(Architecture architecture, CLibrary libc) {
        this.architecture = architecture;
        this.libcWord = libc == CLibrary.GNU ? "glibc" : "musl";
    }

    static List<Policy> read(Architecture architecture, CLibrary libc) {
        if (libc != CLibrary.GNU && libc != CLibrary.MUSL) {
            return List.of();
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(PolicyTable.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            return new PolicyTable(architecture, libc).read(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Policy> read(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                readLine(List.of(line.split(" ")));
            }
        }
        finish();
        return List.copyOf(policies);
    }

    private void readLine(List<String> words) {
        String keyword = words.get(0);
        if (keyword.equals("glibc") || keyword.equals("musl")) {
            finish();
            begin(words);
        } else if (ours) {
            readStatement(keyword, words.subList(1, words.size()));
        }
    }

    private void begin(List<String> words) {
        ours = words.get(0).equals(libcWord);
        version = words.get(1);
        alias = words.size() > 2 ? words.get(2) : null;
        asked = false;
        forMachine = false;
    }

    private void readStatement(String keyword, List<String> words) {
        switch (keyword) {
            case "asked" -> asked = true;
            case "for" -> forMachine = words.contains(architecture.linux());
            case "libraries" -> libraries.addAll(words);
            case "limit" -> readLimits(words);
            case "forbid" ->
                forbidden
                        .computeIfAbsent(words.get(0), library -> new HashSet<>())
                        .addAll(words.subList(1, words.size()));
            case "permit" -> forbidden.get(words.get(0)).removeAll(words.subList(1, words.size()));
            default -> throw new IllegalStateException(RESOURCE + ": unknown keyword " + keyword);
        }
    }

    private void readLimits(List<String> words) {
        String machines = words.get(0);
        if (machines.equals("all") || Arrays.asList(machines.split(",")).contains(architecture.linux())) {
            for (String limit : words.subList(1, words.size())) {
                limits.put(SymbolVersion.parse(limit).kind(), limit);
            }
        }
    }

    private void finish() {
        if (ours && forMachine) {
            policies.add(policy());
        }
        // What is stated for glibc itself is for one policy.
        limits.remove("GLIBC");
    }

    private Policy policy() {
        Map<String, String> own = new HashMap<>(limits);
        int dot = version.indexOf('.');
        int major = Integer.parseInt(version.substring(0, dot));
        int minor = Integer.parseInt(version.substring(dot + 1));
        boolean glibc = libcWord.equals("glibc");
        if (glibc) {
            own.putIfAbsent("GLIBC", "GLIBC_" + version);
        }
        PlatformTag tag = glibc
                ? new PlatformTag.Manylinux(major, minor, architecture)
                : new PlatformTag.Musllinux(major, minor, architecture);
        Optional<PlatformTag> older =
                Optional.ofNullable(alias).map(prefix -> PlatformTag.parse(prefix + "_" + architecture.linux()));
        return new Policy(tag, older, asked, libraries, own, copyOfForbidden());
    }

    private Map<String, Set<String>> copyOfForbidden() {
        Map<String, Set<String>> copy = new HashMap<>();
        forbidden.forEach((library, symbols) -> {
            if (!symbols.isEmpty()) {
                copy.put(library, Set.copyOf(symbols));
            }
        });
        return copy;
    }
}

package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.KnownTargets;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.project.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets that a user's words mean. */
public final class Targets {
    /** What cargo calls the machine that it runs on. */
    private static final String OF_HOST = "host-tuple";

    private final Cargo cargo;
    private final Path directory;
    private final TargetTriple host;

    /**
     * @param cargo whose rustc is asked about triples that no table has
     * @param directory where it is asked
     * @param host what the build runs on, and is meant where nothing is said
     */
    public Targets(Cargo cargo, Path directory, TargetTriple host) {
        this.cargo = cargo;
        this.directory = directory;
        this.host = host;
    }

    /** Whether words ask for what runs on both machines of macOS. */
    public static boolean isUniversal2(List<String> words) {
        return words.contains(KnownTargets.ALL) || words.contains(KnownTargets.UNIVERSAL2);
    }

    /** Each target once, in the order of asking. A word that means none is a problem that names the nearest. */
    public List<TargetTriple> find(Setting<List<String>> words) {
        Map<String, TargetTriple> targets = new LinkedHashMap<>();
        for (String word : words.value()) {
            for (String triple : triples(words, word)) {
                targets.putIfAbsent(triple, triple(words, triple));
            }
        }
        return targets.isEmpty() ? List.of(host) : List.copyOf(targets.values());
    }

    private List<String> triples(Setting<List<String>> words, String word) {
        if (word.equals(KnownTargets.ALL)) {
            return KnownTargets.common().stream()
                    .flatMap(name -> ofName(name).orElseThrow().stream())
                    .toList();
        }
        Optional<List<String>> named = ofName(word);
        if (named.isPresent()) {
            return named.get();
        }
        boolean known = KnownTargets.hasTriple(word)
                || cargo.rustcPrints(directory, "--print", "target-list")
                        .orElse(List.of())
                        .contains(word);
        if (!known) {
            throw unknown(words, word);
        }
        return List.of(word);
    }

    private Optional<List<String>> ofName(String name) {
        if (name.equals(OF_HOST)) {
            return Optional.of(List.of(host.value()));
        }
        Optional<List<String>> triples = KnownTargets.ofName(name, host.os());
        // On MinGW's own rustc the machine is meant, not Microsoft's tools.
        boolean own = host.os() == OperatingSystem.WINDOWS
                && triples.filter(it -> it.equals(List.of(host.value().replace("-gnu", "-msvc"))))
                        .isPresent();
        return own ? Optional.of(List.of(host.value())) : triples;
    }

    private static RuntimeException unknown(Setting<List<String>> words, String word) {
        List<String> all = new ArrayList<>(KnownTargets.shortNames());
        all.add(KnownTargets.ALL);
        all.addAll(KnownTargets.triples());
        return new ProjectProblem.InvalidSetting(
                        new Setting<>(word, words.origin()),
                        "no such target. Did you mean " + Spelling.nearest(usualWords(word), all) + "?")
                .asFailure();
    }

    /** What others call machines and systems is nearer to other words than to what is meant. */
    private static String usualWords(String word) {
        return word.replaceAll("\\barm64\\b", "aarch64")
                .replaceAll("\\b(amd64|x64)\\b", "x86_64")
                .replaceAll("^(win|win32|win64)\\b", "windows")
                .replaceAll("^(darwin|mac)\\b", "macos")
                .replaceAll("^(manylinux|musllinux)\\b", "linux");
    }

    private static TargetTriple triple(Setting<List<String>> words, String triple) {
        try {
            return TargetTriple.parse(triple);
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(new Setting<>(triple, words.origin()), e.reason()).asFailure(e);
        }
    }
}

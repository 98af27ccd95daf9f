package io.github.nativemaven.mojo;

import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an audit found, for a person. */
final class AuditWording {
    private AuditWording() {}

    /** Why the wheel is for no older systems; nothing where it is for the oldest there are. */
    static Optional<String> note(AuditResult audit) {
        if (!audit.externalLibraries().isEmpty()) {
            return Optional.of("tagged for this system alone: it needs " + String.join(", ", audit.externalLibraries())
                    + ", which other systems may not have");
        }
        return audit.obstacles().stream()
                .findFirst()
                .map(first -> "not " + first.policy() + ", because of " + words(first));
    }

    /** All findings in one line. */
    static String all(List<Finding> findings) {
        return findings.stream().map(AuditWording::words).distinct().collect(Collectors.joining(", "));
    }

    private static String words(Finding finding) {
        if (finding instanceof Finding.TooNew tooNew) {
            return tooNew.symbolAndVersion() + " in " + tooNew.library();
        }
        if (finding instanceof Finding.NotListed notListed) {
            return notListed.library();
        }
        if (finding instanceof Finding.Forbidden forbidden) {
            return forbidden.symbol() + " in " + forbidden.library();
        }
        if (finding instanceof Finding.OtherMachine other) {
            return "code for " + other.found().map(Object::toString).orElse("an unknown machine");
        }
        return "floating-point numbers that are passed in another way";
    }
}

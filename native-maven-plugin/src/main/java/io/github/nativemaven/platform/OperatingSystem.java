package io.github.nativemaven.platform;

import java.util.Locale;

/** Operating systems that a library can be built for, with the names that each field has for them. */
public enum OperatingSystem {
    LINUX("linux"),
    MACOS("osx"),
    WINDOWS("windows"),
    EMSCRIPTEN("emscripten"),
    FREEBSD("freebsd"),
    OTHER("unknown");

    private final String classifier;

    OperatingSystem(String classifier) {
        this.classifier = classifier;
    }

    /** The name in a Maven classifier, as os-maven-plugin has it: {@code osx}. */
    public String classifier() {
        return classifier;
    }

    /** From the JVM's {@code os.name}. */
    public static OperatingSystem ofJvm(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return LINUX;
        }
        if (name.startsWith("mac")) {
            return MACOS;
        }
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("freebsd") ? FREEBSD : OTHER;
    }
}

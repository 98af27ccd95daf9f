package io.github.nativemaven.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last part of a wheel's name: the platform that it runs on.
 *
 * <p>{@link #toString} is the tag as it stands in the name; {@link #parse} is its inverse.
 *
 * @see <a href="https://packaging.python.org/specifications/platform-compatibility-tags/">Platform compatibility tags</a>
 */
public sealed interface PlatformTag {

    /**
     * Linux with glibc of this version or later (PEP 600): {@code manylinux_2_17_x86_64}.
     *
     * @param major glibc's major version: 2
     * @param minor glibc's minor version
     * @param architecture the machine
     */
    record Manylinux(int major, int minor, Architecture architecture) implements PlatformTag {
        @Override
        public String toString() {
            return "manylinux_" + major + "_" + minor + "_" + architecture.linux();
        }
    }

    /**
     * The older name of three {@link Manylinux} tags (PEPs 513, 571, 599): {@code manylinux2014_x86_64}.
     *
     * @param edition which of the three
     * @param architecture the machine
     */
    record LegacyManylinux(Edition edition, Architecture architecture) implements PlatformTag {
        /** The names that existed before PEP 600, each with the minor version of glibc 2. */
        public enum Edition {
            MANYLINUX1("manylinux1", 5),
            MANYLINUX2010("manylinux2010", 12),
            MANYLINUX2014("manylinux2014", 17);

            private final String prefix;
            private final int minor;

            Edition(String prefix, int minor) {
                this.prefix = prefix;
                this.minor = minor;
            }

            @Override
            public String toString() {
                return prefix;
            }
        }

        /** The tag of PEP 600 that means the same. */
        public Manylinux modern() {
            return new Manylinux(2, edition.minor, architecture);
        }

        @Override
        public String toString() {
            return edition.prefix + "_" + architecture.linux();
        }
    }

    /**
     * Linux with musl of this version or later (PEP 656): {@code musllinux_1_2_x86_64}.
     *
     * @param major musl's major version: 1
     * @param minor musl's minor version
     * @param architecture the machine
     */
    record Musllinux(int major, int minor, Architecture architecture) implements PlatformTag {
        @Override
        public String toString() {
            return "musllinux_" + major + "_" + minor + "_" + architecture.linux();
        }
    }

    /** Some Linux, with whatever was there when it was built: {@code linux_x86_64}. No public index accepts it. */
    record Linux(Architecture architecture) implements PlatformTag {
        @Override
        public String toString() {
            return "linux_" + architecture.linux();
        }
    }

    /**
     * macOS of this version or later: {@code macosx_11_0_arm64}.
     *
     * @param major the system's major version
     * @param minor its minor version; 0 from macOS 11 on
     * @param machine {@code arm64}, {@code x86_64}, {@code universal2}, or an older name of several machines
     */
    record Macos(int major, int minor, String machine) implements PlatformTag {
        @Override
        public String toString() {
            return "macosx_" + major + "_" + minor + "_" + machine;
        }
    }

    /** Windows: {@code win_amd64}, {@code win_arm64}, {@code win32}. */
    record Windows(Architecture architecture) implements PlatformTag {
        @Override
        public String toString() {
            return architecture.windows();
        }
    }

    /** Any platform: {@code any}. */
    record Any() implements PlatformTag {
        @Override
        public String toString() {
            return "any";
        }
    }

    /** A platform that we know no more of than its name: {@code emscripten_4_0_9_wasm32}. */
    record Other(String tag) implements PlatformTag {
        @Override
        public String toString() {
            return tag;
        }
    }

    /**
     * Reads a tag.
     *
     * @throws MalformedException when it is none, or begins as a tag of a known system and goes on as none
     */
    static PlatformTag parse(String text) {
        return PlatformTagParser.parse(text);
    }

    /**
     * Reads a compressed set: tags with a dot between them, as {@code manylinux_2_17_x86_64.manylinux2014_x86_64}.
     *
     * @throws MalformedException when one of them is none
     */
    static List<PlatformTag> parseSet(String text) {
        List<PlatformTag> tags = new ArrayList<>();
        for (String tag : text.split("\\.", -1)) {
            tags.add(parse(tag));
        }
        return List.copyOf(tags);
    }
}

/** The forms of tags. */
final class PlatformTagParser {
    private static final String KIND = "platform tag";
    private static final Pattern VERSIONED = Pattern.compile("([a-z]+)_(0|[1-9]\\d{0,3})_(0|[1-9]\\d{0,3})_(\\w+)");
    private static final Pattern MACHINE =
            Pattern.compile("arm64|x86_64|universal2|i386|ppc|ppc64|intel|universal|fat(3|32|64)?");
    private static final Pattern OTHER = Pattern.compile("[a-z][a-z0-9]*+(?:_[a-z0-9]++)++");

    private PlatformTagParser() {}

    static PlatformTag parse(String text) {
        if (text.equals("any")) {
            return new PlatformTag.Any();
        }
        if (text.startsWith("win")) {
            return windows(text);
        }
        for (PlatformTag.LegacyManylinux.Edition edition : PlatformTag.LegacyManylinux.Edition.values()) {
            if (text.startsWith(edition + "_")) {
                return new PlatformTag.LegacyManylinux(edition, machine(text, edition.toString()));
            }
        }
        if (text.startsWith("linux_")) {
            return new PlatformTag.Linux(machine(text, "linux"));
        }
        if (text.startsWith("manylinux") || text.startsWith("musllinux") || text.startsWith("macosx")) {
            return versioned(text);
        }
        if (!OTHER.matcher(text).matches()) {
            throw new MalformedException(
                    KIND, text, "expected one such as manylinux_2_17_x86_64, macosx_11_0_arm64, win_amd64 or any");
        }
        return new PlatformTag.Other(text);
    }

    private static PlatformTag windows(String text) {
        for (Architecture known : List.of(Architecture.X86_64, Architecture.AARCH64, Architecture.I686)) {
            if (known.windows().equals(text)) {
                return new PlatformTag.Windows(known);
            }
        }
        throw new MalformedException(KIND, text, "expected win_amd64, win_arm64 or win32");
    }

    private static PlatformTag versioned(String text) {
        Matcher form = VERSIONED.matcher(text);
        if (!form.matches()) {
            throw new MalformedException(
                    KIND, text, "expected two numbers and a machine, as in manylinux_2_17_x86_64 or macosx_11_0_arm64");
        }
        int major = Integer.parseInt(form.group(2));
        int minor = Integer.parseInt(form.group(3));
        String system = form.group(1);
        return switch (system) {
            case "manylinux" ->
                new PlatformTag.Manylinux(major, minor, machine(text, system + "_" + major + "_" + minor));
            case "musllinux" ->
                new PlatformTag.Musllinux(major, minor, machine(text, system + "_" + major + "_" + minor));
            case "macosx" -> macos(text, major, minor, form.group(4));
            default -> throw new MalformedException(KIND, text, "expected manylinux, musllinux or macosx");
        };
    }

    private static PlatformTag macos(String text, int major, int minor, String machine) {
        if (!MACHINE.matcher(machine).matches()) {
            throw new MalformedException(KIND, text, "expected the machine arm64, x86_64 or universal2");
        }
        return new PlatformTag.Macos(major, minor, machine);
    }

    private static Architecture machine(String text, String prefix) {
        String name = text.substring(prefix.length() + 1);
        for (Architecture architecture : Architecture.values()) {
            if (architecture.linux().equals(name) && architecture != Architecture.WASM32) {
                return architecture;
            }
        }
        throw new MalformedException(KIND, text, "unknown machine '" + name + "'; uname -m prints such a name");
    }
}

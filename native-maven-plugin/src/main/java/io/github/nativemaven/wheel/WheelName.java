package io.github.nativemaven.wheel;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import java.util.Optional;

/**
 * The file name of a wheel: {@code my_fast_lib-0.1.0-cp311-cp311-win_amd64.whl}.
 *
 * @param name the distribution
 * @param version its version
 * @param build tells wheels apart that have all else in common: a digit, then letters, digits, {@code _} and {@code .}
 * @param tag what it runs on
 * @see <a href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention">Binary distribution format (PEP 427)</a>
 */
public record WheelName(DistributionName name, Pep440Version version, Optional<String> build, WheelTag tag) {
    private static final String KIND = "wheel name";
    private static final String EXTENSION = ".whl";
    private static final String ACCEPTED = "expected name-version[-build]-interpreter-abi-platform.whl";

    /** @throws MalformedException for a build that is not of this form */
    public WheelName {
        build.ifPresent(WheelName::checkBuild);
    }

    private static void checkBuild(String build) {
        boolean digitFirst = !build.isEmpty() && build.charAt(0) >= '0' && build.charAt(0) <= '9';
        if (!digitFirst
                || !build.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.'))) {
            throw new MalformedException(
                    "build of a wheel", build, "expected a digit, then letters, digits, '_' and '.'");
        }
    }

    /** The name of a wheel without a build. */
    public static WheelName of(DistributionName name, Pep440Version version, WheelTag tag) {
        return new WheelName(name, version, Optional.empty(), tag);
    }

    /**
     * Reads a file name, without directories. Upper case and dots in the name of the distribution, which older tools
     * wrote, are read, and not written.
     *
     * @throws MalformedException when it is not the name of a wheel
     */
    public static WheelName parse(String fileName) {
        if (!fileName.endsWith(EXTENSION)) {
            throw new MalformedException(KIND, fileName, ACCEPTED);
        }
        String[] parts =
                fileName.substring(0, fileName.length() - EXTENSION.length()).split("-", -1);
        if (parts.length != 5 && parts.length != 6) {
            throw new MalformedException(KIND, fileName, ACCEPTED);
        }
        if (parts[0].contains("__")) {
            throw new MalformedException(KIND, fileName, "expected no '__' in the name");
        }
        try {
            return read(parts);
        } catch (MalformedException e) {
            throw new MalformedException(KIND, fileName, e.kind() + " '" + e.input() + "': " + e.reason());
        }
    }

    private static WheelName read(String[] parts) {
        int tag = parts.length - 3;
        return new WheelName(
                DistributionName.parse(parts[0]),
                Pep440Version.parse(parts[1]),
                tag == 3 ? Optional.of(parts[2]) : Optional.empty(),
                WheelTag.parse(parts[tag] + "-" + parts[tag + 1] + "-" + parts[tag + 2]));
    }

    /** The directory of metadata inside the wheel: {@code my_fast_lib-0.1.0.dist-info}. */
    public String distInfo() {
        return stem() + ".dist-info";
    }

    /** The directory inside the wheel of what is not installed beside the modules: {@code my_fast_lib-0.1.0.data}. */
    public String data() {
        return stem() + ".data";
    }

    private String stem() {
        return name.escaped() + "-" + version;
    }

    @Override
    public String toString() {
        return stem() + build.map(b -> "-" + b).orElse("") + "-" + tag + EXTENSION;
    }
}

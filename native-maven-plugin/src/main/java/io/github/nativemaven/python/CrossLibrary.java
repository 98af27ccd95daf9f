package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The library directory of another machine's Python, which has a file that says how it was built: {@code
 * build-details.json} (PEP 739), or {@code _sysconfigdata_….py}.
 *
 * @see <a href="https://peps.python.org/pep-0739/">PEP 739</a>
 */
final class CrossLibrary {
    private static final String DETAILS = "build-details.json";
    private static final String SYSCONFIG = "_sysconfigdata";
    private static final int DEPTH = 4;
    private static final Pattern ENTRY =
            Pattern.compile("'(EXT_SUFFIX|SOABI|VERSION|Py_GIL_DISABLED|Py_DEBUG|SIZEOF_VOID_P|ABIFLAGS)'"
                    + "\\s*:\\s*(?:'([^']*)'|\"([^\"]*)\"|(\\d+))");

    private CrossLibrary() {}

    /** Every Python whose files lie in a directory or a little below it, the oldest first; none where there is none. */
    static List<TargetPython> read(Path directory) throws IOException {
        List<TargetPython> found = new ArrayList<>();
        for (Path file : files(directory)) {
            Optional<TargetPython> python =
                    file.endsWith(DETAILS) ? ofDetails(Files.readString(file)) : ofSysconfig(text(file));
            python.filter(it -> !found.contains(it)).ifPresent(found::add);
        }
        found.sort((a, b) -> a.version().compareTo(b.version()));
        return found;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Details come first: where both lie side by side they say the same. */
    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory, DEPTH)) {
            List<Path> all = walk.filter(file -> isDetails(file) || isSysconfig(file))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            return Stream.concat(
                            all.stream().filter(CrossLibrary::isDetails),
                            all.stream().filter(file -> !isDetails(file)))
                    .toList();
        }
    }

    private static boolean isDetails(Path file) {
        return file.endsWith(DETAILS);
    }

    private static boolean isSysconfig(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(SYSCONFIG) && name.endsWith(".py");
    }

    static Optional<TargetPython> ofDetails(String text) throws IOException {
        Json json = Json.read(text);
        Optional<Implementation> implementation =
                Implementation.ofId(json.get("implementation").get("name").string());
        String suffix = json.get("abi").get("extension_suffix").string();
        List<String> flags = json.get("abi").get("flags").strings();
        if (implementation.isEmpty() || suffix.isEmpty()) {
            return Optional.empty();
        }
        PythonVersion version =
                PythonVersion.parse(json.get("language").get("version").string());
        return Optional.of(new TargetPython(
                implementation.get(),
                version,
                version.toString(),
                flags.contains("t"),
                flags.contains("d"),
                suffix,
                soabi(suffix),
                json.get("platform").string().matches(".*(i[3-6]86|arm\\w*|win32)") ? 32 : 64));
    }

    /** Between the first dot and the last: {@code cpython-311-aarch64-linux-gnu}. */
    private static String soabi(String suffix) {
        int last = suffix.lastIndexOf('.');
        return suffix.substring(suffix.startsWith(".") ? 1 : 0, Math.max(last, 1));
    }

    static Optional<TargetPython> ofSysconfig(String text) {
        Map<String, String> values = new HashMap<>();
        Matcher matcher = ENTRY.matcher(text);
        while (matcher.find()) {
            String value = Stream.of(matcher.group(2), matcher.group(3), matcher.group(4))
                    .filter(group -> group != null)
                    .findFirst()
                    .orElse("");
            values.putIfAbsent(matcher.group(1), value);
        }
        String suffix = values.getOrDefault("EXT_SUFFIX", "");
        if (suffix.isEmpty() || !values.containsKey("VERSION")) {
            return Optional.empty();
        }
        return Optional.of(ofValues(values, suffix));
    }

    private static TargetPython ofValues(Map<String, String> values, String suffix) {
        String soabi = values.getOrDefault("SOABI", soabi(suffix));
        PythonVersion version = version(values.get("VERSION"));
        return new TargetPython(
                soabi.startsWith("pypy") ? Implementation.PYPY : Implementation.CPYTHON,
                version,
                version.toString(),
                "1".equals(values.get("Py_GIL_DISABLED")),
                "1".equals(values.get("Py_DEBUG")),
                suffix,
                soabi,
                "4".equals(values.get("SIZEOF_VOID_P")) ? 32 : 64);
    }

    private static PythonVersion version(String text) {
        try {
            return PythonVersion.ofRelease(text);
        } catch (MalformedException e) {
            throw new MalformedException("VERSION of a " + SYSCONFIG, text, e.reason());
        }
    }
}

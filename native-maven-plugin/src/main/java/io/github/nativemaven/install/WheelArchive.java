package io.github.nativemaven.install;

import io.github.nativemaven.install.InstallProblem.BadWheel;
import io.github.nativemaven.install.InstallProblem.Fault;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.wheel.EntryPoints;
import io.github.nativemaven.wheel.RecordFile;
import io.github.nativemaven.wheel.WheelName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A wheel that is open for reading: what is in it, and where that goes.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/">binary distribution
 *     format</a>
 */
final class WheelArchive implements AutoCloseable {
    private static final int EXECUTE_BITS = 0111;

    private final Path wheel;
    private final ZipFile zip;
    private final Map<String, Integer> modes;
    private final Map<String, ZipEntry> entries = new TreeMap<>();
    private final String metadata;
    private final Map<String, RecordFile.Row> record = new HashMap<>();

    private WheelArchive(Path wheel, WheelName name, ZipFile zip) throws IOException {
        this.wheel = wheel;
        this.zip = zip;
        this.modes = ZipModes.read(wheel);
        readEntries();
        this.metadata = metadataDirectory(name);
        text("METADATA");
        readRecord();
    }

    /** @throws BuildFailure with {@link BadWheel} */
    static WheelArchive open(Path wheel, WheelName name) throws IOException {
        ZipFile zip = zip(wheel);
        boolean read = false;
        try {
            WheelArchive archive = new WheelArchive(wheel, name, zip);
            read = true;
            return archive;
        } finally {
            if (!read) {
                zip.close();
            }
        }
    }

    private static ZipFile zip(Path wheel) throws IOException {
        try {
            return new ZipFile(wheel.toFile());
        } catch (ZipException e) {
            throw new BadWheel(wheel, Fault.NOT_A_ZIP, String.valueOf(e.getMessage())).asFailure(e);
        }
    }

    private BuildFailure bad(Fault fault, String subject) {
        return new BadWheel(wheel, fault, subject).asFailure();
    }

    private void readEntries() {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (entry.isDirectory()) {
                continue;
            }
            if (!isSafe(entry.getName())) {
                throw bad(Fault.UNSAFE_PATH, entry.getName());
            }
            if (entries.put(entry.getName(), entry) != null) {
                throw bad(Fault.DUPLICATE, entry.getName());
            }
        }
    }

    private static boolean isSafe(String name) {
        return name.indexOf('\\') < 0
                && name.indexOf('\0') < 0
                && !name.matches("[A-Za-z]:.*")
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private String metadataDirectory(WheelName name) {
        List<String> directories = entries.keySet().stream()
                .filter(entry -> entry.indexOf('/') > 0)
                .map(entry -> entry.substring(0, entry.indexOf('/')))
                .filter(directory -> directory.endsWith(".dist-info"))
                .distinct()
                .toList();
        if (directories.size() != 1 || !belongsTo(directories.get(0), name)) {
            throw bad(Fault.WRONG_METADATA_DIRECTORY, String.join(", ", directories));
        }
        return directories.get(0);
    }

    private static boolean belongsTo(String directory, WheelName name) {
        return InstalledDistributions.read(Path.of(directory), InstalledDistribution.Kind.DIST_INFO)
                .filter(distribution -> distribution.name().equals(name.name()))
                .filter(distribution ->
                        Pep440Version.tryParse(distribution.version()).equals(Optional.of(name.version())))
                .isPresent();
    }

    private void readRecord() throws IOException {
        try {
            for (RecordFile.Row row : RecordFile.parse(text("RECORD")).rows()) {
                if (!entries.containsKey(row.path())) {
                    throw bad(Fault.MISSING, row.path());
                }
                record.put(row.path(), row);
            }
        } catch (MalformedException e) {
            throw bad(Fault.BAD_RECORD, e.getMessage());
        }
    }

    /** The metadata directory's name. */
    String metadata() {
        return metadata;
    }

    /** A text in the metadata directory. */
    private String text(String name) throws IOException {
        return optionalText(name).orElseThrow(() -> bad(Fault.MISSING, metadata + "/" + name));
    }

    private Optional<String> optionalText(String name) throws IOException {
        ZipEntry entry = entries.get(metadata + "/" + name);
        return entry == null ? Optional.empty() : Optional.of(new String(bytes(entry), StandardCharsets.UTF_8));
    }

    private byte[] bytes(ZipEntry entry) throws IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            return stream.readAllBytes();
        }
    }

    /** Whether the modules go where those without native code are. */
    boolean isPurelib() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line : text("WHEEL").lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        String version = headers.getOrDefault("Wheel-Version", "");
        if (!version.startsWith("1.")) {
            throw bad(Fault.UNKNOWN_VERSION, version);
        }
        return "true".equalsIgnoreCase(headers.get("Root-Is-Purelib"));
    }

    /** What is to be installed: the wheel's own files and its programs, RECORD and what each installer adds left out. */
    List<NewFile> files(DistributionName name, Sites sites, Path site, Launchers launchers) throws IOException {
        List<NewFile> files = new ArrayList<>();
        for (Map.Entry<String, ZipEntry> entry : entries.entrySet()) {
            if (!isTakenElsewhere(entry.getKey())) {
                files.add(file(entry.getKey(), entry.getValue(), name, sites, site, launchers));
            }
        }
        files.addAll(launchers.files(entryPoints()));
        Set<Path> targets = new HashSet<>();
        for (NewFile file : files) {
            if (!targets.add(file.target())) {
                throw bad(
                        Fault.DUPLICATE,
                        sites.prefix().relativize(file.target()).toString());
            }
        }
        return files;
    }

    private boolean isTakenElsewhere(String entry) {
        return entry.startsWith(metadata + "/")
                && DistributionWriter.OWN_FILES.contains(entry.substring(metadata.length() + 1));
    }

    private EntryPoints entryPoints() throws IOException {
        try {
            return EntryPoints.parse(optionalText("entry_points.txt").orElse(""));
        } catch (MalformedException e) {
            throw bad(Fault.BAD_ENTRY_POINTS, e.getMessage());
        }
    }

    private NewFile file(
            String path, ZipEntry entry, DistributionName name, Sites sites, Path site, Launchers launchers)
            throws IOException {
        RecordFile.Hash expected = expected(path);
        int slash = path.indexOf('/');
        boolean executable = (modes.getOrDefault(path, 0) & EXECUTE_BITS) != 0;
        if (slash < 0 || !path.substring(0, slash).endsWith(".data")) {
            return plain(site, path, entry, executable, expected);
        }
        String rest = path.substring(slash + 1);
        int next = rest.indexOf('/');
        String kind = next < 0 ? "" : rest.substring(0, next);
        String below = rest.substring(next + 1);
        return switch (kind) {
            case "purelib" -> plain(sites.purelib(), below, entry, executable, expected);
            case "platlib" -> plain(sites.platlib(), below, entry, executable, expected);
            case "data" -> plain(sites.data(), below, entry, executable, expected);
            case "headers" -> plain(sites.headers(), name.value() + "/" + below, entry, executable, expected);
            case "scripts" -> script(path, below, entry, sites, launchers, expected);
            default -> throw bad(Fault.UNKNOWN_DATA, path);
        };
    }

    private RecordFile.Hash expected(String path) {
        RecordFile.Row row = record.get(path);
        return Optional.ofNullable(row)
                .flatMap(RecordFile.Row::hash)
                .filter(hash -> Digests.of(hash.algorithm()).isPresent())
                .orElseThrow(() -> bad(Fault.NOT_IN_RECORD, path));
    }

    private NewFile plain(Path root, String path, ZipEntry entry, boolean executable, RecordFile.Hash expected) {
        return new NewFile(
                root.resolve(path), root, () -> zip.getInputStream(entry), executable, Optional.of(expected));
    }

    /** A program; one in Python is told which Python runs it, so that its content is no longer that of the wheel. */
    private NewFile script(
            String path, String below, ZipEntry entry, Sites sites, Launchers launchers, RecordFile.Hash expected)
            throws IOException {
        byte[] bytes = bytes(entry);
        byte[] digest = Digests.of(expected.algorithm()).orElseThrow().digest(bytes);
        if (!Digests.encoded(digest).equals(expected.digest())) {
            throw bad(Fault.WRONG_CONTENT, path);
        }
        return NewFile.of(sites.scripts(), below, launchers.rewritten(bytes), true);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

package io.github.nativemaven.check;

import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.wheel.CoreMetadata;
import io.github.nativemaven.wheel.EntryPoints;
import io.github.nativemaven.wheel.RecordFile;
import io.github.nativemaven.wheel.WheelName;
import io.github.nativemaven.wheel.WheelTag;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the metadata of a wheel are there, can be read, and say what its name and its content say.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/">binary distribution
 *     format</a>
 */
final class MetadataCheck {
    private static final Set<String> SIGNATURES = Set.of("RECORD.jws", "RECORD.p7s");
    private static final Set<String> WEAK = Set.of("md5", "sha1");
    /** Such a wheel has a fault already where it has a library. */
    private static final String ANY = "any";

    private static final String PURELIB = "Root-Is-Purelib:";
    private static final Pattern DATA = Pattern.compile("[^/]+\\.data/([^/]+)/.*");

    private final WheelName name;
    private final Unpacked wheel;
    private final List<Fault> faults;

    MetadataCheck(WheelName name, Unpacked wheel, List<Fault> faults) {
        this.name = name;
        this.wheel = wheel;
        this.faults = faults;
    }

    void run() {
        Set<String> directories = wheel.contents().keySet().stream()
                .filter(path -> path.indexOf('/') > 0)
                .map(path -> path.substring(0, path.indexOf('/')))
                .filter(directory -> directory.endsWith(".dist-info"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (directories.size() != 1) {
            faults.add(new Fault(Kind.MISSING, name.distInfo(), String.join(", ", directories)));
            return;
        }
        String directory = directories.iterator().next() + "/";
        checkName(directory);
        text(directory + "METADATA").ifPresent(text -> metadata(directory + "METADATA", text));
        text(directory + "WHEEL").ifPresent(text -> wheelFile(directory + "WHEEL", text));
        text(directory + "RECORD").ifPresent(text -> record(directory, text));
        Optional.ofNullable(wheel.metadata().get(directory + "entry_points.txt"))
                .ifPresent(text -> read(directory + "entry_points.txt", () -> EntryPoints.parse(text)));
    }

    /** Installers look for the directory by the wheel's name, however it is spelled. */
    private void checkName(String directory) {
        String stem = directory.substring(0, directory.length() - ".dist-info/".length());
        int dash = stem.indexOf('-');
        try {
            boolean same = dash > 0
                    && DistributionName.parse(stem.substring(0, dash))
                            .normalized()
                            .equals(name.name().normalized())
                    && Pep440Version.parse(stem.substring(dash + 1)).equals(name.version());
            if (same) {
                return;
            }
        } catch (MalformedException e) {
            // Then it is another name, which is told.
        }
        faults.add(new Fault(Kind.MISSING, name.distInfo(), stem + ".dist-info"));
    }

    private Optional<String> text(String path) {
        Optional<String> text = Optional.ofNullable(wheel.metadata().get(path));
        if (text.isEmpty()) {
            faults.add(new Fault(Kind.MISSING, path, ""));
        }
        return text;
    }

    /** Reads a text as something. */
    private interface Reading<T> {
        T read();
    }

    private <T> Optional<T> read(String path, Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (MalformedException e) {
            faults.add(new Fault(Kind.BAD_METADATA, path, e.getMessage()));
            return Optional.empty();
        }
    }

    private void metadata(String path, String text) {
        read(path, () -> CoreMetadata.parse(text)).ifPresent(metadata -> {
            differ("Name", metadata.name().normalized(), name.name().normalized());
            if (!metadata.version().equals(name.version())) {
                differ("Version", metadata.version().toString(), name.version().toString());
            }
        });
    }

    private void differ(String what, String inside, String outside) {
        if (!inside.equals(outside)) {
            faults.add(new Fault(Kind.DIFFERS, what, inside + " and not " + outside));
        }
    }

    private void wheelFile(String path, String text) {
        Set<String> tags = new TreeSet<>();
        String version = "";
        String purelib = "";
        for (String line : text.split("\r?\n")) {
            if (line.startsWith("Tag:")) {
                String tag = line.substring("Tag:".length()).strip();
                read(path, () -> WheelTag.parse(tag)).ifPresent(parsed -> tags.add(parsed.toString()));
            } else if (line.startsWith("Wheel-Version:")) {
                version = line.substring("Wheel-Version:".length()).strip();
            } else if (line.startsWith(PURELIB)) {
                purelib = line.substring(PURELIB.length()).strip().toLowerCase(Locale.ROOT);
            }
        }
        if (!version.startsWith("1.")) {
            faults.add(new Fault(Kind.BAD_METADATA, path, "Wheel-Version '" + version + "', expected 1.0"));
        }
        if (!purelib.equals("true") && !purelib.equals("false")) {
            faults.add(new Fault(Kind.BAD_METADATA, path, "Root-Is-Purelib '" + purelib + "', expected true or false"));
        }
        placed(purelib.equals("true"));
        Set<String> expected = new TreeSet<>();
        name.tag().expand().forEach(tag -> expected.add(tag.toString()));
        differ("Tag", String.join(" ", tags), String.join(" ", expected));
    }

    /** Some systems have a directory for Python's own code and another for what is compiled. */
    private void placed(boolean pure) {
        for (String library : wheel.libraries().keySet()) {
            Matcher data = DATA.matcher(library);
            boolean isData = data.matches();
            if (isData && data.group(1).equals("purelib")) {
                faults.add(new Fault(Kind.NATIVE_IN_PURELIB, library, "it is in " + data.group(1)));
            } else if (!isData && pure && !name.tag().platforms().contains(ANY)) {
                faults.add(new Fault(Kind.NATIVE_IN_PURELIB, library, PURELIB + " true"));
            }
        }
    }

    private void record(String directory, String text) {
        String path = directory + "RECORD";
        Optional<RecordFile> record = read(path, () -> RecordFile.parse(text));
        if (record.isEmpty()) {
            return;
        }
        Set<String> listed = new HashSet<>();
        for (RecordFile.Row row : record.get().rows()) {
            if (!listed.add(row.path())) {
                faults.add(new Fault(Kind.DUPLICATE, row.path(), "in RECORD"));
            } else if (!wheel.contents().containsKey(row.path())) {
                faults.add(new Fault(Kind.RECORDED_ONLY, row.path(), ""));
            } else if (!row.path().equals(path)) {
                row(row, wheel.contents().get(row.path()));
            }
        }
        for (String entry : wheel.contents().keySet()) {
            boolean signature = SIGNATURES.contains(entry.replace(directory, ""));
            if (!listed.contains(entry) && !signature && !entry.equals(path)) {
                faults.add(new Fault(Kind.NOT_RECORDED, entry, ""));
            }
        }
    }

    private void row(RecordFile.Row row, Unpacked.Content content) {
        String algorithm = row.hash().map(RecordFile.Hash::algorithm).orElse("");
        if (algorithm.isEmpty() || WEAK.contains(algorithm)) {
            faults.add(new Fault(Kind.NOT_RECORDED, row.path(), algorithm));
            return;
        }
        RecordFile.Hash sha256 = RecordFile.Hash.ofSha256(content.sha256());
        boolean wrongHash =
                algorithm.equals("sha256") && !row.hash().get().digest().equals(sha256.digest());
        boolean wrongSize = row.size().isPresent() && row.size().getAsLong() != content.size();
        if (wrongHash || wrongSize) {
            faults.add(new Fault(Kind.WRONG_CONTENT, row.path(), wrongHash ? "digest" : "size"));
        }
    }
}

package io.github.nativemaven.check;

import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.check.ZipDirectory.Member;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.wheel.WheelName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Looks whether a wheel, anybody's, is what it says. Whatever the file is, it ends soon, fills no disk, and writes nothing
 * but into a temporary directory of its own.
 */
public final class WheelCheck {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    /** Nobody minds less; deflate can't do better than about 1000 to 1. */
    private static final long HARMLESS = 64L << 20;

    private static final long HIGHEST_RATIO = 100;

    private final Path wheel;
    private final List<Fault> faults = new ArrayList<>();

    private WheelCheck(Path wheel) {
        this.wheel = wheel;
    }

    /**
     * What was found out.
     *
     * @param faults what is wrong; none where nothing is
     * @param packed the bytes of the wheel
     * @param files how many files are in it
     * @param size their bytes, unpacked
     * @param runsOn what its libraries run on
     */
    public record Outcome(List<Fault> faults, long packed, int files, long size, RunsOn runsOn) {
        public Outcome {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Looks at a wheel.
     *
     * @param maxSize the most bytes that the file may have
     * @throws IOException when the file, or the temporary directory, can't be used
     */
    public static Outcome check(Path wheel, OptionalLong maxSize) throws IOException {
        return new WheelCheck(wheel).run(maxSize);
    }

    private Outcome run(OptionalLong maxSize) throws IOException {
        if (!Files.isRegularFile(wheel)) {
            Kind kind = Files.exists(wheel) ? Kind.NOT_A_FILE : Kind.NOT_THERE;
            return new Outcome(List.of(new Fault(kind, wheel.toString(), "")), 0, 0, 0, RunsOn.NONE);
        }
        Optional<WheelName> name = name();
        long length = Files.size(wheel);
        if (maxSize.isPresent() && length > maxSize.getAsLong()) {
            fault(Kind.TOO_LARGE, Long.toString(length), Long.toString(maxSize.getAsLong()));
        }
        RunsOn runsOn = RunsOn.NONE;
        try (FileChannel file = FileChannel.open(wheel)) {
            ZipDirectory zip = ZipDirectory.read(file);
            List<Member> files = files(zip);
            long size = files.stream().mapToLong(Member::size).sum();
            if (size > HARMLESS && size / HIGHEST_RATIO > length) {
                fault(Kind.BOMB, Long.toString(size), "");
            } else {
                runsOn = look(zip, files, name);
            }
            return new Outcome(faults, length, files.size(), size, runsOn);
        } catch (MalformedException e) {
            fault(Kind.BAD_ZIP, e.input(), e.reason());
        } catch (AccessDeniedException e) {
            fault(Kind.NOT_ALLOWED, wheel.toString(), "");
        }
        return new Outcome(faults, length, 0, 0, runsOn);
    }

    private void fault(Kind kind, String subject, String detail) {
        faults.add(new Fault(kind, subject, detail));
    }

    private Optional<WheelName> name() {
        String fileName = wheel.getFileName().toString();
        try {
            return Optional.of(WheelName.parse(fileName));
        } catch (MalformedException e) {
            fault(Kind.BAD_NAME, fileName, e.reason());
            return Optional.empty();
        }
    }

    /** The entries that are files, each with a path of its own that leads nowhere else. */
    private List<Member> files(ZipDirectory zip) {
        List<Member> files = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (Member member : zip.members()) {
            int type = member.mode() & TYPE;
            if (!isSafe(member.name())) {
                fault(Kind.UNSAFE_PATH, member.name(), "");
            } else if (!paths.add(member.name().toLowerCase(Locale.ROOT))) {
                fault(Kind.DUPLICATE, member.name(), "");
            } else if (type != 0 && type != REGULAR && type != DIRECTORY) {
                fault(Kind.NO_FILE, member.name(), "");
            } else if (!member.isDirectory()) {
                files.add(member);
                if (Secrets.isSecretName(member.name())) {
                    fault(Kind.SECRET, member.name(), "by its name");
                }
            }
        }
        return files;
    }

    private static boolean isSafe(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return path.chars().noneMatch(c -> c == '\\' || c == '\ufffd' || Character.isISOControl(c))
                && !(path.length() > 1 && path.charAt(1) == ':')
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private RunsOn look(ZipDirectory zip, List<Member> files, Optional<WheelName> name) throws IOException {
        Path directory = Files.createTempDirectory("rust-check-");
        try {
            Unpacked unpacked = Unpacked.read(zip, files, directory, faults);
            if (name.isPresent()) {
                new MetadataCheck(name.get(), unpacked, faults).run();
                if (!unpacked.libraries().isEmpty()) {
                    RunsOn runsOn = new PlatformCheck(name.get().tag(), unpacked, faults).run();
                    new ModuleCheck(name.get().tag(), unpacked, faults).run();
                    return runsOn;
                }
            }
            return RunsOn.NONE;
        } finally {
            AtomicFiles.deleteTree(directory);
        }
    }
}

package io.github.nativemaven.check;

import io.github.nativemaven.archive.ZipWriter;
import io.github.nativemaven.binary.BinaryFile;
import io.github.nativemaven.binary.MalformedBinaryException;
import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.check.ZipDirectory.Member;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/**
 * What is in a wheel, each entry read once: its digests, the texts of the metadata, and the libraries, which are put into
 * a directory of ours under names of ours.
 */
final class Unpacked {
    private static final int BUFFER = 1 << 16;
    /** All texts of metadata together: they are in memory at once. */
    private static final int MOST_OF_TEXT = 32 << 20;

    private static final int MOST_OF_SOURCE = 1 << 20;
    private static final Set<String> METADATA = Set.of("METADATA", "WHEEL", "RECORD", "entry_points.txt");

    private final ZipDirectory zip;
    private final Path directory;
    private final List<Fault> faults;
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private final Map<String, String> metadata = new HashMap<>();
    private final Map<String, BinaryFile> libraries = new LinkedHashMap<>();
    private long textLeft = MOST_OF_TEXT;

    /**
     * An entry that was read.
     *
     * @param sha256 its digest
     * @param size in bytes
     */
    record Content(byte[] sha256, long size) {}

    private Unpacked(ZipDirectory zip, Path directory, List<Fault> faults) {
        this.zip = zip;
        this.directory = directory;
        this.faults = faults;
    }

    /**
     * Reads entries.
     *
     * @param directory an empty directory of ours
     * @param faults takes what is wrong with an entry
     */
    static Unpacked read(ZipDirectory zip, Collection<Member> members, Path directory, List<Fault> faults)
            throws IOException {
        Unpacked unpacked = new Unpacked(zip, directory, faults);
        for (Member member : members) {
            try {
                unpacked.read(member);
            } catch (ZipException e) {
                faults.add(new Fault(Kind.UNREADABLE, member.name(), String.valueOf(e.getMessage())));
            } catch (EOFException e) {
                faults.add(new Fault(Kind.UNREADABLE, member.name(), "its bytes end too early"));
            }
        }
        return unpacked;
    }

    /** The entries by path. */
    Map<String, Content> contents() {
        return contents;
    }

    /** The texts of the metadata directories, by path. */
    Map<String, String> metadata() {
        return metadata;
    }

    /** The libraries and programs by path. */
    Map<String, BinaryFile> libraries() {
        return libraries;
    }

    private void read(Member member) throws IOException {
        MessageDigest sha256 = ZipWriter.sha256();
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Path library = null;
        OutputStream copy = OutputStream.nullOutputStream();
        try (InputStream in = zip.open(member)) {
            for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
                if (size == 0 && isNative(member.name(), buffer, n)) {
                    library = place(member.name());
                    copy = Files.newOutputStream(library);
                }
                size += n;
                if (size > member.size()) {
                    break;
                }
                sha256.update(buffer, 0, n);
                crc.update(buffer, 0, n);
                copy.write(buffer, 0, n);
                if (library == null && kept.size() < limit(member.name())) {
                    kept.write(buffer, 0, n);
                }
            }
        } finally {
            copy.close();
        }
        if (size != member.size() || crc.getValue() != member.crc()) {
            faults.add(new Fault(Kind.UNREADABLE, member.name(), "its bytes are not those that the zip file says"));
            return;
        }
        contents.put(member.name(), new Content(sha256.digest(), size));
        keep(member.name(), kept.toByteArray(), library);
    }

    private long limit(String name) {
        return isMetadata(name) ? textLeft : MOST_OF_SOURCE;
    }

    private static boolean isMetadata(String name) {
        int slash = name.indexOf('/');
        return slash > 0
                && name.startsWith(".dist-info", slash - ".dist-info".length())
                && METADATA.contains(name.substring(slash + 1));
    }

    private static boolean isNative(String name, byte[] start, int length) {
        if (length >= 4) {
            String magic = HexFormat.of().formatHex(start, 0, 4);
            if (List.of("7f454c46", "cffaedfe", "cefaedfe", "feedfacf", "feedface")
                    .contains(magic)) {
                return true;
            }
        }
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.matches(".*\\.(so(\\.\\d+)*|pyd|dll|dylib|exe)");
    }

    /** The loader knows libraries by their file names, which are kept where they are harmless. */
    private Path place(String name) throws IOException {
        String file = name.substring(name.lastIndexOf('/') + 1);
        Path own = Files.createDirectory(directory.resolve(String.valueOf(contents.size())));
        return own.resolve(file.matches("[A-Za-z0-9_][A-Za-z0-9._+-]*") ? file : "library");
    }

    private void keep(String name, byte[] bytes, Path library) throws IOException {
        if (library != null) {
            try {
                libraries.put(name, BinaryFile.read(library));
            } catch (MalformedBinaryException e) {
                faults.add(new Fault(Kind.BAD_LIBRARY, name, e.reason()));
            }
            return;
        }
        if (isMetadata(name) && contents.get(name).size() <= bytes.length) {
            textLeft -= bytes.length;
            metadata.put(name, new String(bytes, StandardCharsets.UTF_8));
        } else if (isMetadata(name)) {
            faults.add(new Fault(Kind.BAD_METADATA, name, "too large to be read"));
        }
        if (Secrets.hasPrivateKey(name, bytes)) {
            faults.add(new Fault(Kind.SECRET, name, "a private key"));
        }
    }

    /** The libraries of one format. */
    <B extends BinaryFile> List<B> libraries(Class<B> format) {
        List<B> found = new ArrayList<>();
        for (BinaryFile library : libraries.values()) {
            if (format.isInstance(library)) {
                found.add(format.cast(library));
            }
        }
        return found;
    }
}

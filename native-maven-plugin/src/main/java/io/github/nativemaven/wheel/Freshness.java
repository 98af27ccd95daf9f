package io.github.nativemaven.wheel;

import io.github.nativemaven.archive.Content;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.archive.ZipWriter;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Whether an archive, or another file that is made, is what it would be if it were written now. A file beside it keeps a digest of everything that
 * went in: paths, modes, settings, texts, and the place, size and time of each file.
 */
public final class Freshness {
    private final Path archive;
    private final Path note;
    private final String digest;

    private Freshness(Path archive, String digest) {
        this(archive, archive.resolveSibling(AtomicFiles.ASIDE + archive.getFileName() + ".inputs"), digest);
    }

    private Freshness(Path archive, Path note, String digest) {
        this.archive = archive;
        this.note = note;
        this.digest = digest;
    }

    /**
     * Of a file that is there, and that something was done with which needn't be done again.
     *
     * @param note where that is noted
     * @param how what was done, and with which settings
     */
    public static Freshness ofUse(Path file, Path note, String how) {
        return new Freshness(file, note, how);
    }

    static Freshness of(Path archive, Collection<Entry> entries, WheelSettings settings) throws IOException {
        MessageDigest sha256 = ZipWriter.sha256();
        add(sha256, settings.timestamp() + " " + settings.compression());
        for (Entry entry : entries) {
            add(sha256, entry.path() + " " + entry.executable());
            if (entry.content() instanceof Content.Stored stored) {
                add(sha256, stored.file() + " " + state(stored.file()));
            } else if (entry.content() instanceof Content.Bytes bytes) {
                sha256.update(bytes.bytes());
            }
        }
        return new Freshness(archive, HexFormat.of().formatHex(sha256.digest()));
    }

    /**
     * Of a file that is made of one other.
     *
     * @param how what is done to it
     */
    static Freshness of(Path made, Path source, String how) throws IOException {
        MessageDigest sha256 = ZipWriter.sha256();
        add(sha256, source + " " + state(source));
        add(sha256, how);
        return new Freshness(made, HexFormat.of().formatHex(sha256.digest()));
    }

    /** Of a file that is made of nothing but what a text says. */
    static Freshness of(Path made, String inputs) {
        MessageDigest sha256 = ZipWriter.sha256();
        add(sha256, inputs);
        return new Freshness(made, HexFormat.of().formatHex(sha256.digest()));
    }

    private static void add(MessageDigest sha256, String text) {
        sha256.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Size, time and identity of a file, which change when the file does. */
    static String state(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime().toInstant() + " " + attributes.fileKey();
    }

    /** Whether the archive is there, untouched since it was written, and made of the same things. */
    public boolean isFresh() throws IOException {
        return Files.exists(archive)
                && Files.exists(note)
                && Files.readString(note).equals(text());
    }

    /** Takes a note of the archive, which has just been written. */
    public void remember() throws IOException {
        AtomicFiles.writeIfChanged(note, text());
    }

    private String text() throws IOException {
        return digest + "\n" + state(archive) + "\n";
    }
}

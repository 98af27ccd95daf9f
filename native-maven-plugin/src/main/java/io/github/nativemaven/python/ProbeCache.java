package io.github.nativemaven.python;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers of interpreters, one file for each program: a line that says what the answer depends on, then the JSON. */
final class ProbeCache {
    private final Path directory;
    private final String context;

    /**
     * @param context what every answer depends on besides the interpreter's files
     */
    ProbeCache(Path directory, String context) {
        this.directory = directory;
        this.context = context;
    }

    /** What an answer of this program depends on, now. */
    String fingerprint(Path executable) throws IOException {
        StringBuilder text = new StringBuilder(context);
        append(text, executable);
        Optional<Path> configuration = environmentFile(executable);
        if (configuration.isPresent()) {
            append(text, configuration.get());
            Optional<Path> base = base(configuration.get(), executable);
            if (base.isPresent()) {
                append(text, base.get());
            }
        }
        return hash(text.toString());
    }

    /** The answer that was kept under the same fingerprint. What can't be read is as good as not there. */
    Optional<String> read(Path executable, String fingerprint) {
        try {
            String text = Files.readString(file(executable));
            return text.startsWith(fingerprint + "\n")
                    ? Optional.of(text.substring(fingerprint.length() + 1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps an answer. Where that is impossible, the next build asks again. */
    void write(Path executable, String fingerprint, String json) {
        try {
            AtomicFiles.writeIfChanged(file(executable), fingerprint + "\n" + json);
        } catch (IOException e) {
            // A cache is only for speed.
        }
    }

    /** A file of this content among the answers, unless it can't be written. */
    Optional<Path> keep(String name, String content) {
        try {
            Path file = directory.resolve(hash(content) + "-" + name);
            AtomicFiles.writeIfChanged(file, content);
            return Optional.of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path file(Path executable) {
        return directory.resolve(hash(executable.toString()) + ".json");
    }

    private static void append(StringBuilder text, Path file) throws IOException {
        Path real = file.toRealPath();
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        text.append('\n').append(file).append('\n').append(real).append('\n');
        text.append(attributes.size()).append('\n').append(attributes.lastModifiedTime());
    }

    /** {@code pyvenv.cfg}, which makes another Python of a program that lies beside it or one directory below (PEP 405). */
    private static Optional<Path> environmentFile(Path executable) {
        Path bin = executable.getParent();
        return Stream.of(bin, bin.getParent())
                .filter(Objects::nonNull)
                .map(directory -> directory.resolve(EnvironmentFile.NAME))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The program that a copied or redirecting one of the same name in an environment stands for. */
    private static Optional<Path> base(Path configuration, Path executable) throws IOException {
        return EnvironmentFile.read(configuration)
                .home()
                .map(home -> home.resolve(executable.getFileName()))
                .filter(Files::isRegularFile);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

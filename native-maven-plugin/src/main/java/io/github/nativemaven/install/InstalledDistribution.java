package io.github.nativemaven.install;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.wheel.RecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A distribution in an environment. What is not in its name is read from its files at each call, so that there is
 * nothing to read when it has been removed.
 *
 * @param name as its metadata directory spells it
 * @param version as its metadata directory spells it; empty where that doesn't say
 * @param metadata what makes it known: a directory, or a file where {@code kind} says so; absolute
 * @param kind how it was installed
 */
public record InstalledDistribution(DistributionName name, String version, Path metadata, Kind kind) {

    /** The ways in which distributions have been installed over the years. */
    public enum Kind {
        /** A directory {@code name-1.0.dist-info}: every tool of today. */
        DIST_INFO,
        /** A directory {@code name-1.0-py3.11.egg-info}: setuptools by way of pip, formerly. */
        EGG_INFO,
        /** A file of that name: distutils, which kept no list of files. */
        DISTUTILS,
        /** A file {@code name.egg-link}: {@code setup.py develop}. */
        EGG_LINK,
        /** A directory {@code name-1.0-py3.11.egg} with everything in it: easy_install. */
        EGG
    }

    /** The directory that it is installed in: {@code site-packages}. */
    public Path sitePackages() {
        return metadata.getParent();
    }

    /** The tool that installed it, where it left its name. */
    public Optional<String> installer() {
        return text("INSTALLER").map(String::strip).filter(name -> !name.isEmpty());
    }

    /** A file of the metadata directory; empty where it can't be read, or there is no directory. */
    Optional<String> text(String name) {
        try {
            return Optional.of(new String(Files.readAllBytes(metadata.resolve(name)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * RECORD; empty where there is none.
     *
     * @throws MalformedException when it can't be understood
     */
    Optional<RecordFile> record() {
        return text("RECORD").map(RecordFile::parse);
    }

    /** A file that RECORD names, absolute; empty for a name that is none on this system. */
    Optional<Path> file(RecordFile.Row row) {
        try {
            return Optional.of(sitePackages().resolve(row.path()).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The files that RECORD names, absolute; none where it can't be read. */
    public List<Path> files() {
        try {
            return record().map(RecordFile::rows).orElse(List.of()).stream()
                    .flatMap(row -> file(row).stream())
                    .toList();
        } catch (MalformedException e) {
            return List.of();
        }
    }

    /**
     * The files that RECORD names, absolute, and their digests, to be changed by the caller.
     *
     * @throws MalformedException when RECORD can't be understood
     */
    Map<Path, Optional<RecordFile.Hash>> hashes() {
        Map<Path, Optional<RecordFile.Hash>> hashes = new HashMap<>();
        for (RecordFile.Row row : record().map(RecordFile::rows).orElse(List.of())) {
            file(row).ifPresent(file -> hashes.put(file, row.hash()));
        }
        return hashes;
    }

    /** Whether every file that RECORD names is there in its recorded size. */
    boolean isComplete() {
        try {
            Optional<RecordFile> record = record();
            return record.isPresent() && record.get().rows().stream().allMatch(this::isThere);
        } catch (MalformedException e) {
            return false;
        }
    }

    private boolean isThere(RecordFile.Row row) {
        try {
            Optional<Path> file = file(row);
            return file.isPresent()
                    && (row.size().isEmpty()
                            ? Files.exists(file.get())
                            : Files.size(file.get()) == row.size().getAsLong());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The values of a header in METADATA, in their order: {@code Requires-Dist}.
     *
     * @see <a href="https://packaging.python.org/en/latest/specifications/core-metadata/">Core metadata</a>
     */
    List<String> headers(String header) {
        List<String> values = new ArrayList<>();
        String prefix = header + ":";
        for (String line :
                text("METADATA").or(() -> text("PKG-INFO")).orElse("").split("\\R")) {
            if (line.isEmpty()) {
                break;
            }
            if (line.regionMatches(true, 0, prefix, 0, prefix.length())) {
                values.add(line.substring(prefix.length()).strip());
            }
        }
        return values;
    }
}

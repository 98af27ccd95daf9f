package io.github.nativemaven.service;

import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.wheel.PackedWheel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Builds wheels a second time, in a place where nothing is left of the first, and holds them against each other. */
public final class ReproducibleService {
    private final Host host;
    private final JobBudget budget;
    private final Events events;

    ReproducibleService(Host host, JobBudget budget, Events events) {
        this.host = host;
        this.budget = budget;
        this.events = events;
    }

    /** Everything is built again. */
    public record BuildingAgain(Path directory) implements Event {}

    /** A wheel is the same when it is built again. */
    public record Same(Path wheel) implements Event {}

    /**
     * A wheel is another when it is built again.
     *
     * @param wheel the first
     * @param again the second, which is kept
     * @param entry the first entry that differs; empty where all are the same but not the files
     * @param offset the first byte of the entry that differs, from 0; -1 where only one of both has the entry
     * @param text what stands there in the first, as far as it can be printed
     * @param other what stands there in the second
     */
    public record Differs(Path wheel, Path again, String entry, long offset, String text, String other)
            implements Problem {
        Differs(Path wheel, Path again, String entry, long offset) {
            this(wheel, again, entry, offset, "", "");
        }
    }

    void run(BuildRequest request, List<PackedWheel> wheels) throws IOException {
        Path directory = request.project().outputDirectory().resolve("rust-again");
        AtomicFiles.deleteTree(directory);
        events.tell(new BuildingAgain(directory));
        RustBuild build = new RustBuild(host, events, new Findings(), budget);
        BuildRequest again = request.in(directory);
        Map<String, Path> made = new HashMap<>();
        for (UnitResult result : build.compile(again)) {
            Path file = build.packages().stagedWheel(again, result).file();
            made.put(file.getFileName().toString(), file);
        }
        for (PackedWheel wheel : wheels) {
            Path other = made.get(wheel.file().getFileName().toString());
            if (other == null) {
                throw new Differs(wheel.file(), directory, wheel.name().toString(), -1).asFailure();
            }
            compare(wheel.file(), other);
            events.tell(new Same(wheel.file()));
        }
        AtomicFiles.deleteTree(directory);
    }

    private static void compare(Path one, Path other) throws IOException {
        if (Files.mismatch(one, other) < 0) {
            return;
        }
        try (ZipFile first = new ZipFile(one.toFile());
                ZipFile second = new ZipFile(other.toFile())) {
            for (ZipEntry entry : Collections.list(first.entries())) {
                if (second.getEntry(entry.getName()) == null) {
                    throw new Differs(one, other, entry.getName(), -1).asFailure();
                }
                Optional<FirstDifference> found = difference(first, second, entry.getName());
                if (found.isPresent()) {
                    FirstDifference at = found.get();
                    throw new Differs(one, other, entry.getName(), at.offset(), at.one(), at.other()).asFailure();
                }
            }
            for (ZipEntry entry : Collections.list(second.entries())) {
                if (first.getEntry(entry.getName()) == null) {
                    throw new Differs(one, other, entry.getName(), -1).asFailure();
                }
            }
        }
        throw new Differs(one, other, "", Files.mismatch(one, other)).asFailure();
    }

    private static Optional<FirstDifference> difference(ZipFile first, ZipFile second, String name) throws IOException {
        try (InputStream one = first.getInputStream(first.getEntry(name));
                InputStream other = second.getInputStream(second.getEntry(name))) {
            return FirstDifference.find(one, other);
        }
    }
}

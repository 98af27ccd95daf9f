package io.github.nativemaven.service;

import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.sdist.SourceDistribution;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.PackedWheel;
import io.github.nativemaven.wheel.ProjectMetadata;
import io.github.nativemaven.wheel.WheelAssembler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Packs what was compiled, and the source. */
public final class PackageService {
    private final RustBuild build;
    private final Findings findings;
    private final Events events;

    PackageService(RustBuild build, Findings findings, Events events) {
        this.build = build;
        this.findings = findings;
        this.events = events;
    }

    /** A source distribution has been written. */
    public record SourcesPacked(Path file, long size) implements Event {}

    /** What one unit has come to: a wheel in the wheel directory. */
    public record Packed(UnitResult result, PackedWheel wheel) {}

    /**
     * Wheels have been written.
     *
     * @param wheels one or more, in the order of the plan
     */
    public record WheelsPacked(List<Packed> wheels) implements Event {}

    /** Packs what can be packed, and then fails where anything has failed. */
    List<PackedWheel> pack(BuildRequest request, BuildOutcome outcome) {
        List<Packed> packed = new ArrayList<>();
        List<BuildOutcome.Failed> failures = new ArrayList<>(outcome.failures());
        for (UnitResult result : outcome.results()) {
            try {
                packed.add(new Packed(result, pack(request, result)));
            } catch (BuildFailure e) {
                failures.add(new BuildOutcome.Failed(result.unit(), e));
            }
        }
        if (!packed.isEmpty()) {
            events.tell(new WheelsPacked(packed));
        }
        if (!failures.isEmpty()) {
            throw new BuildOutcome(packed.stream().map(Packed::result).toList(), failures, outcome.untried()).failure();
        }
        return packed.stream().map(Packed::wheel).toList();
    }

    private PackedWheel pack(BuildRequest request, UnitResult result) {
        try {
            return stagedWheel(request, result)
                    .publishedTo(build.project(request.project()).wheelDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A unit's wheel beside the wheel directory, where it can be tested before anybody takes it for good. */
    PackedWheel stagedWheel(BuildRequest request, UnitResult result) throws IOException {
        if (findings.wheels == null) {
            findings.wheels = new IdentityHashMap<>();
        }
        PackedWheel wheel = findings.wheels.get(result);
        if (wheel == null) {
            Project project = build.project(request.project());
            wheel = new WheelAssembler(project, request.wheel().or(project.maturin()), events)
                    .write(result, project.outputDirectory().resolve("rust-wheels"));
            findings.wheels.put(result, wheel);
        }
        return wheel;
    }

    /** Packs the source distribution into the project's wheel directory. */
    Path sourceDistribution(BuildRequest request) throws IOException {
        Project project = build.project(request.project());
        Path file = SourceDistribution.write(
                project,
                build.cargo(project),
                ProjectMetadata.of(project).write(),
                ProjectMetadata.licenseFiles(project),
                events,
                request.wheel().timestamp(),
                project.wheelDirectory());
        events.tell(new SourcesPacked(file, Files.size(file)));
        return file;
    }
}

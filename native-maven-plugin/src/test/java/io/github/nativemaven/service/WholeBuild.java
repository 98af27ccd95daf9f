package io.github.nativemaven.service;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.build.TargetSettings;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.WheelSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code rust:package} does, in a JVM of its own, which can be killed. Prints {@code begun}, and at the end
 * {@code done}, or what went wrong.
 */
final class WholeBuild {
    private WholeBuild() {}

    /** @param arguments the project's directory, cargo, rustc, how many jobs, and the interpreters */
    public static void main(String[] arguments) throws IOException {
        BuildRequest request = request(arguments);
        System.out.println("begun");
        try {
            new RustBuild(RealPythons.host(), Events.ignored(), new Findings()).wheels(request);
            System.out.println("done");
        } catch (BuildFailure e) {
            System.out.println("failed: " + e.problem());
        }
    }

    private static BuildRequest request(String... arguments) {
        Path directory = Path.of(arguments[0]);
        CargoSettings cargo = new CargoSettings(
                arguments[1],
                List.of(),
                false,
                false,
                true,
                false,
                0,
                false,
                Optional.of(Integer.valueOf(arguments[3])),
                List.of(),
                Map.of("RUSTC", arguments[2]));
        return new BuildRequest(
                TestProject.existing(directory).cargo(cargo).request(),
                Setting.byDefault("release"),
                new Setting<>(List.of(arguments).subList(4, arguments.length), "-Drust.interpreters"),
                TargetSettings.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new WheelSettings(
                        Optional.empty(),
                        Setting.byDefault(WheelSettings.AuditMode.WARN),
                        0,
                        Instant.ofEpochSecond(315_532_800),
                        List.of(),
                        Setting.byDefault(false)));
    }

    /** The arguments of a build. */
    static Object[] arguments(Path directory, Object cargo, Object rustc, int jobs, List<Path> interpreters) {
        Object[] all = Arrays.copyOf(new Object[] {directory, cargo, rustc, jobs}, 4 + interpreters.size());
        for (int i = 0; i < interpreters.size(); i++) {
            all[4 + i] = interpreters.get(i);
        }
        return all;
    }
}

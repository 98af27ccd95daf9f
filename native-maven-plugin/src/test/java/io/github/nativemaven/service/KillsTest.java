package io.github.nativemaven.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.OtherJvm;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole builds that are killed at random moments. A few here; {@code -Dkills=1000} for as many with a stand-in for cargo, and
 * a tenth of them with cargo itself.
 */
@DisabledOnOs(OS.WINDOWS)
class KillsTest {
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final String SOURCE = """
            #[used]
            #[no_mangle]
            pub static VERSION: [u8; 16] = *b"version %08d";

            #[no_mangle]
            pub extern "C" fn PyInit_mod() -> *const u8 {
                VERSION.as_ptr()
            }
            """;

    @TempDir
    Path root;

    private final Random random = new Random();
    private TestProject project;
    private List<Path> interpreters;

    @BeforeEach
    void write() {
        project = TestProject.at(root.resolve("project")).withExtension("mod");
        Map<String, Path> different = new LinkedHashMap<>();
        for (Interpreter python : RealPythons.all()) {
            different.putIfAbsent(python.abiTag(), python.executable());
        }
        interpreters = different.values().stream().limit(4).toList();
        version(0);
    }

    private void version(int number) {
        project.write("src/lib.rs", String.format(Locale.ROOT, SOURCE, number));
    }

    private OtherJvm start(Map<String, String> environment, Object... arguments) throws IOException {
        Path places = Files.createDirectories(root.resolve("places"));
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("XDG_CACHE_HOME", places.toString());
        all.put("TMPDIR", places.toString());
        return OtherJvm.startWithLibraries(all, WholeBuild.class, arguments);
    }

    private Object[] arguments(Object cargo, Object rustc, int jobs) {
        return WholeBuild.arguments(project.directory(), cargo, rustc, jobs, interpreters);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void killedWithAStandIn() throws Exception {
        StandInCargo cargo = StandInCargo.make(root.resolve("stand-in"), project);
        kill(KILLS, arguments(cargo.cargo(), cargo.rustc(), 2));
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void killedWithCargoItself() throws Exception {
        CargoSettings cargo = TestProject.settings();
        kill(
                Math.max(1, KILLS / 10),
                arguments(cargo.executable(), cargo.environment().getOrDefault("RUSTC", "rustc"), 2));
    }

    private void kill(int times, Object... arguments) throws Exception {
        Duration whole = build(0, arguments);
        for (int i = 1; i <= times; i++) {
            version(i);
            if (i % 4 == 0) {
                AtomicFiles.deleteTree(anyBuildDirectory());
            }
            try (OtherJvm jvm = start(Map.of(), arguments)) {
                assertThat(jvm.line()).isEqualTo("begun");
                Thread.sleep(random.nextLong(whole.toMillis() + 1));
                jvm.signal("KILL");
                assertThat(jvm.ends()).isTrue();
            }
            for (Path wheel : wheels()) {
                assertThat(versionIn(wheel)).as(wheel + " after kill " + i).isBetween(i - 1, i);
            }
            build(i, arguments);
        }
        System.out.println("survived " + times + " kills");
    }

    /** A build that nobody kills, and what it must have made. */
    private Duration build(int version, Object... arguments) throws Exception {
        try (OtherJvm jvm = start(Map.of(), arguments)) {
            assertThat(jvm.line()).isEqualTo("begun");
            long start = System.nanoTime();
            assertThat(jvm.line()).as("build " + version).isEqualTo("done");
            assertThat(jvm.ends()).isTrue();
            assertThat(wheels()).hasSize(interpreters.size());
            for (Path wheel : wheels()) {
                assertThat(versionIn(wheel)).as(wheel.toString()).isEqualTo(version);
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private Path anyBuildDirectory() throws IOException {
        try (Stream<Path> found = Files.walk(project.directory().resolve("target/rust"), 2)) {
            List<Path> all = found.filter(path -> Files.isDirectory(path.resolve("release")))
                    .toList();
            return all.get(random.nextInt(all.size()));
        }
    }

    private List<Path> wheels() throws IOException {
        Path directory = project.directory().resolve("target/wheels");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList();
        }
    }

    /** Every entry is read to its end, where its checksum is compared. */
    private static int versionIn(Path wheel) throws IOException {
        List<String> names = new ArrayList<>();
        int version = -1;
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                names.add(entry.getName());
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".so")) {
                    String text = new String(bytes, StandardCharsets.ISO_8859_1);
                    int mark = text.lastIndexOf("version 0");
                    version = Integer.parseInt(text.substring(mark + 8, mark + 16));
                }
            }
        }
        assertThat(names).as(wheel.toString()).anyMatch(name -> name.endsWith("dist-info/RECORD"));
        return version;
    }

    /** Each would take a minute; and those that wait for their turn are not begun. */
    @ParameterizedTest
    @CsvSource({"TERM, 3", "INT, 4"})
    @Timeout(60)
    void noCargoIsLeftASecondAfterAnInterrupt(String signal, int jobs) throws Exception {
        OtherJvm.assumeHeeds(signal);
        StandInCargo cargo = StandInCargo.make(root.resolve("stand-in"), project);
        build(0, arguments(cargo.cargo(), cargo.rustc(), 2));
        version(1);
        int running = Math.min(jobs, interpreters.size());
        String mark = cargo.cargo().toString();
        try (OtherJvm jvm = start(Map.of("PAUSE", "60"), arguments(cargo.cargo(), cargo.rustc(), jobs))) {
            long start = System.nanoTime();
            while (count(mark) < running
                    && System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
                Thread.sleep(20);
            }
            assertThat(count(mark)).isEqualTo(running);
            jvm.signal(signal);
            assertThat(jvm.ends()).isTrue();
            Thread.sleep(1000);
            assertThat(count(mark)).isZero();
            assertThat(root.resolve("places").toFile().list((place, name) -> name.startsWith("rust-jobs")))
                    .as("what the cargos shared")
                    .isEmpty();
        }
        build(1, arguments(cargo.cargo(), cargo.rustc(), 2));
    }

    private static long count(String program) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info().arguments().stream().flatMap(Stream::of).anyMatch(program::equals))
                .count();
    }
}

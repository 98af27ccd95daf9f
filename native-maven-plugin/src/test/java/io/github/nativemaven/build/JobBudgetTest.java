package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.system.SideBySide;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class JobBudgetTest {
    private final ProcessRunner processes = new ProcessRunner(Events.ignored());

    @TempDir
    Path root;

    private JobBudget.Share begin(JobBudget budget, int jobs, int cargos) {
        return budget.begin(OperatingSystem.LINUX, processes, jobs, cargos);
    }

    private static Path pipe(Map<String, String> environment) {
        String flags = environment.get("CARGO_MAKEFLAGS");
        assertThat(flags).startsWith("-j --jobserver-auth=fifo:/").doesNotContain("fifo: ");
        return Path.of(flags.substring(flags.indexOf("fifo:") + "fifo:".length()));
    }

    /** Those that are in a pipe now, and stay in it. */
    private static String tokens(Path pipe) {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'.'}));
            channel.read(bytes);
            String tokens = new String(bytes.array(), 0, bytes.position() - 1, StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(tokens.getBytes(StandardCharsets.US_ASCII)));
            return tokens;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aCargoThatIsAloneNeedsNothing() {
        try (JobBudget.Share share = begin(new JobBudget(1), 8, 1)) {
            assertThat(share.<Boolean>run(Map::isEmpty)).isTrue();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void eachCargoHasOneTokenAndTheRestIsForWhoeverComesFirst() {
        Path pipe;
        try (JobBudget.Share share = begin(new JobBudget(1), 4, 3)) {
            pipe = share.run(JobBudgetTest::pipe);
            assertThat(tokens(pipe)).isEqualTo("++++");
            String left = share.run(one -> share.run(two -> tokens(pipe(two))));
            assertThat(left).isEqualTo("++");
            assertThat(tokens(pipe)).isEqualTo("++++");
        }
        assertThat(pipe.getParent()).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void buildsAtOneTimeHaveOnePipeAndTheLastRemovesIt() {
        JobBudget budget = new JobBudget(2);
        JobBudget.Share first = begin(budget, 3, 1);
        Path pipe = first.run(JobBudgetTest::pipe);
        try (JobBudget.Share second = begin(budget, 8, 4)) {
            assertThat(second.<Path>run(JobBudgetTest::pipe)).isEqualTo(pipe);
            first.close();
            assertThat(second.<String>run(variables -> tokens(pipe))).isEqualTo("++");
        }
        assertThat(pipe.getParent()).doesNotExist();
        try (JobBudget.Share later = begin(budget, 8, 4)) {
            assertThat(tokens(later.run(JobBudgetTest::pipe))).isEqualTo("++++++++");
        }
    }

    @ParameterizedTest
    @CsvSource({"LINUX", "WINDOWS"})
    void whoWaitsCanBeInterruptedAndTheOthersGoOn(OperatingSystem os) throws InterruptedException {
        if (os == OperatingSystem.LINUX
                && OperatingSystem.ofJvm(System.getProperty("os.name")) == OperatingSystem.WINDOWS) {
            return;
        }
        try (JobBudget.Share share = new JobBudget(2).begin(os, processes, 1, 1)) {
            AtomicReference<BuildFailure> failure = new AtomicReference<>();
            CountDownLatch waiting = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                waiting.countDown();
                failure.set(catchThrowableOfType(BuildFailure.class, () -> share.run(variables -> "never")));
            });
            share.run(variables -> {
                thread.start();
                try {
                    waiting.await();
                    thread.interrupt();
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "";
            });
            assertThat(failure.get().problem()).isEqualTo(new SideBySide.Interrupted());
            assertThat(share.<String>run(variables -> "again")).isEqualTo("again");
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 3, 2", "2, 2, 1", "2, 4, 1"})
    void withoutAPipeTheJobsAreDivided(int jobs, int cargos, String part) {
        try (JobBudget.Share share = new JobBudget(1).begin(OperatingSystem.WINDOWS, processes, jobs, cargos)) {
            assertThat(share.<Map<String, String>>run(Map::copyOf)).containsOnly(Map.entry("CARGO_BUILD_JOBS", part));
        }
    }

    /** Real cargos of two projects, each for two Pythons, and a compiler that counts how often it runs at once. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void twoBuildsWithSeveralCargosRunNoMoreCompilersThanThereAreJobs() throws IOException {
        Path running = Files.createDirectories(root.resolve("running"));
        Path counts = root.resolve("counts");
        Path wrapper =
                Trees.write(root, "wrapper", """
                        #!/bin/sh
                        case "$*" in *--crate-name\\ ___*|*-vV*) exec "$@" ;; esac
                        mkdir '%1$s'/$$
                        ls '%1$s' | wc -l >> '%2$s'
                        sleep 0.1
                        "$@"
                        code=$?
                        rmdir '%1$s'/$$
                        exit $code
                        """.formatted(running, counts)).resolve("wrapper");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        JobBudget budget = new JobBudget(2);
        List<Supplier<BuildOutcome>> builds = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            Project project = wide(root.resolve(name), wrapper);
            Plan plan = Planner.plan(new PlanRequest(
                    project,
                    Setting.byDefault("dev"),
                    List.of(
                            io.github.nativemaven.Interpreters.of("3.11.1"),
                            io.github.nativemaven.Interpreters.of("3.12.1")),
                    Optional.empty()));
            Cargo cargo = Cargo.find(RealPythons.host(), project.cargo(), Events.ignored());
            builds.add(() -> new Builder(cargo, budget, Events.ignored()).build(plan));
        }
        assertThat(SideBySide.run(2, builds)).allMatch(BuildOutcome::isComplete);
        assertThat(Files.readAllLines(counts).stream().map(String::strip))
                .hasSizeGreaterThanOrEqualTo(2 * 6)
                .isSubsetOf("1", "2");
    }

    /** A crate with four others, which can be compiled side by side. */
    private static Project wide(Path directory, Path wrapper) {
        StringBuilder dependencies = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            Trees.write(
                    directory,
                    "c" + i + "/Cargo.toml",
                    "[package]\nname = \"c" + i + "\"\nversion = \"0.1.0\"\n",
                    "c" + i + "/src/lib.rs",
                    "");
            dependencies
                    .append("c")
                    .append(i)
                    .append(" = { path = \"../c")
                    .append(i)
                    .append("\" }\n");
        }
        CargoSettings settings = new CargoSettings(
                TestProject.settings().executable(),
                List.of(),
                false,
                false,
                true,
                false,
                0,
                false,
                Optional.of(2),
                List.of(),
                Map.of("RUSTC_WRAPPER", wrapper.toString()));
        return TestProject.at(directory.resolve("project"))
                .withExtension("mod")
                .write("Cargo.toml", TestProject.manifest("mod") + dependencies)
                .cargo(settings)
                .resolve();
    }
}

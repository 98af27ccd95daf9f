package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.build.Builder;
import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.PlanRequest;
import io.github.nativemaven.build.Planner;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.project.Contents;
import io.github.nativemaven.project.FileRuleReader;
import io.github.nativemaven.project.Maturin.FileRule;
import io.github.nativemaven.project.Maturin.Format;
import io.github.nativemaven.project.Maturin.OutDirectory;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a wheel of a crate with a build script, with data, and with rules of what goes in and stays out. */
class PackedContentsTest {
    private final Interpreter python = RealPythons.newest();
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private TestProject project() {
        return TestProject.at(root.resolve("project"))
                .withExtension("mod")
                .write(
                        "Cargo.toml",
                        TestProject.manifest("mod", "build = \"build.rs\""),
                        "src/lib.rs",
                        TestProject.source("_core"),
                        "build.rs",
                        """
                        fn main() {
                            let out = std::path::PathBuf::from(std::env::var("OUT_DIR").unwrap());
                            std::fs::create_dir_all(out.join("tables")).unwrap();
                            std::fs::write(out.join("tables/one.txt"), "1").unwrap();
                            std::fs::write(out.join("tables/two.bin"), "2").unwrap();
                        }
                        """,
                        "src/main/python/space/pkg/__init__.py",
                        "from ._core import answer\n",
                        "src/main/python/space/pkg/py.typed",
                        "",
                        "src/main/python/space/pkg/_core.pyi",
                        "def answer() -> int: ...\n",
                        "src/main/python/space/pkg/data/words.json",
                        "[]",
                        "src/main/python/space/pkg/data/huge.json",
                        "[0]",
                        "src/main/python/space/pkg/tests/test_pkg.py",
                        "",
                        "src/main/python/alone.py",
                        "",
                        "docs/guide.txt",
                        "",
                        "docs/draft.txt",
                        "")
                .set("moduleName", "space.pkg._core");
    }

    private Path pack(Project project) throws IOException {
        UnitResult built = new Builder(
                        Cargo.find(RealPythons.host(), project.cargo(), Events.ignored()),
                        new JobBudget(1),
                        Events.ignored())
                .build(Planner.plan(
                        new PlanRequest(project, Setting.byDefault("dev"), List.of(python), Optional.empty())))
                .results()
                .get(0);
        WheelSettings settings = new WheelSettings(
                Optional.of(new Setting<>("linux", "test")),
                Setting.byDefault(WheelSettings.AuditMode.REPAIR),
                6,
                Instant.EPOCH,
                List.of(),
                new Setting<>(false, "test"));
        return new WheelAssembler(project, settings, events)
                .write(built, root.resolve("wheels"))
                .file();
    }

    private static Contents rules(List<FileRule> include, List<FileRule> exclude) {
        return new Contents(
                Optional.empty(), Optional.of(include), Optional.of(exclude), Optional.empty(), false, false);
    }

    private static FileRule made(String path, String to) {
        return new FileRule(path, Set.of(Format.WHEEL), Optional.of(new OutDirectory(to, Optional.empty())), "pom");
    }

    private static FileRule only(Format format, String path) {
        return new FileRule(path, Set.of(format), Optional.empty(), "pom");
    }

    private List<String> names(Path wheel) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.contains(".dist-info/"))
                    .toList();
        }
    }

    @Test
    void aPackageInANamespaceWithItsDataAndWhatRulesSay() throws IOException {
        Project project = project()
                .contents(rules(
                        List.of(
                                FileRuleReader.of("docs/*.txt", "pom"),
                                made("tables/*.txt", "space/pkg/tables"),
                                only(Format.SDIST, "build.rs"),
                                FileRuleReader.of("nothing/**", "pom")),
                        List.of(
                                FileRuleReader.of("tests", "pom"),
                                FileRuleReader.of("draft.txt", "pom"),
                                only(Format.SDIST, "**/words.json"),
                                only(Format.WHEEL, "space/pkg/data/huge.json"))))
                .resolve();
        Path wheel = pack(project);
        assertThat(names(wheel))
                .containsExactly(
                        "alone.py",
                        "docs/guide.txt",
                        "space/pkg/__init__.py",
                        "space/pkg/_core" + python.extensionSuffix(),
                        "space/pkg/_core.pyi",
                        "space/pkg/data/words.json",
                        "space/pkg/py.typed",
                        "space/pkg/tables/tables/one.txt");
        assertThat(events.of(Events.Warning.class))
                .extracting(Events.Warning::text)
                .containsExactly("pom 'nothing/**' matches no file.");
        String script = "import space.pkg, alone; from importlib import resources;"
                + " print(space.pkg.answer(), resources.files(space.pkg).joinpath('data/words.json').read_text())";
        assertThat(new ProcessRunner(Events.ignored())
                        .capture(
                                Command.of(unpacked(wheel), python.executable().toString(), "-B", "-c", script),
                                Duration.ofSeconds(30))
                        .output()
                        .strip())
                .isEqualTo("42 []");
    }

    @Test
    void whatThePomSaysReplacesWhatPyprojectSays() throws IOException {
        TestProject written = project()
                .write("pyproject.toml", "[tool.maturin]\ninclude = ['docs/guide.txt']\nexclude = ['alone.py']\n");
        assertThat(names(pack(written.resolve()))).contains("docs/guide.txt").doesNotContain("alone.py");
        assertThat(names(pack(written.contents(rules(List.of(), List.of())).resolve())))
                .doesNotContain("docs/guide.txt")
                .contains("alone.py");
    }

    private Path unpacked(Path wheel) throws IOException {
        Path unpacked = root.resolve("unpacked");
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Trees.touch(unpacked, entry.getName());
                Files.write(
                        unpacked.resolve(entry.getName()),
                        zip.getInputStream(entry).readAllBytes());
            }
        }
        return unpacked;
    }
}

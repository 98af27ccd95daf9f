package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.TestProject;
import io.github.nativemaven.archive.Entries;
import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialsTest {
    @TempDir
    Path root;

    private Project project() {
        return TestProject.at(root.resolve("project"))
                .write(
                        "pom.xml",
                        "<project/>",
                        "Cargo.toml",
                        TestProject.manifest("mod", "license = \"MIT/Apache-2.0\"", "repository = \"https://a.b/c\"")
                                + "mac = { path = \"mac\" }\n[target.'cfg(windows)'.dependencies]\nwin = { path = \"win\" }\n"
                                + "[build-dependencies]\nmaker = { path = \"maker\" }\n[workspace]\n",
                        "src/lib.rs",
                        TestProject.source("mod"),
                        "mac/Cargo.toml",
                        "[package]\nname = \"mac\"\nversion = \"0.2.0+x\"\nlicense = \"my own\"\n[lib]\nproc-macro = true\n",
                        "mac/src/lib.rs",
                        "",
                        "win/Cargo.toml",
                        "[package]\nname = \"win\"\nversion = \"0.3.0\"\n",
                        "win/src/lib.rs",
                        "",
                        "maker/Cargo.toml",
                        "[package]\nname = \"maker\"\nversion = \"0.4.0\"\n",
                        "maker/src/lib.rs",
                        "")
                .resolve();
    }

    /** As if cargo had compiled all but some. */
    private static UnitResult result(Project project, String... without) {
        CargoMetadata workspace = project.workspace();
        Set<String> packages = workspace.crates().values().stream()
                .filter(crate -> !List.of(without).contains(crate.name()))
                .map(crate -> crate.id())
                .collect(Collectors.toSet());
        Unit unit = new Unit(project.toolchain().host(), new Abi.AnyPython(), Optional.empty(), Path.of("/t"));
        return new UnitResult(
                unit,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                packages,
                0,
                packages.size(),
                Duration.ZERO);
    }

    private Entries added(Project project, Setting<Boolean> asked) throws IOException {
        Entries entries = new Entries();
        new Materials(project, asked, root.resolve("sbom"))
                .add(entries, "mod-0.1.0.dist-info", result(project, "win"), List.of());
        return entries;
    }

    private static String text(Entries entries, String path) throws IOException {
        try (InputStream in = entries.get(path).orElseThrow().content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertThatIsValid(String text) throws Exception {
        assertThat(new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), Version.VERSION_15))
                .isEmpty();
        assertThat(new JsonParser().parse(text.getBytes(StandardCharsets.UTF_8)).getSpecVersion())
                .isEqualTo("1.5");
    }

    @Test
    void listsWhatTheBuildUsedAndNothingElse() throws Exception {
        String text = text(added(project(), Setting.byDefault(true)), "mod-0.1.0.dist-info/sboms/mod.cyclonedx.json");
        assertThatIsValid(text);
        Json json = Json.read(text);
        Json product = json.get("metadata").get("component");
        assertThat(product.get("name").string()).isEqualTo("mod");
        assertThat(product.get("licenses").items().get(0).get("expression").string())
                .isEqualTo("MIT OR Apache-2.0");
        assertThat(json.get("components").items())
                .extracting(component -> component.get("name").string() + " "
                        + component.get("scope").string())
                .containsExactly("mac excluded", "maker excluded", "pyo3 required");
        Json macro = json.get("components").items().get(0);
        assertThat(macro.get("bom-ref").string()).isEqualTo("pkg:cargo/mac@0.2.0%2Bx");
        assertThat(macro.get("licenses")
                        .items()
                        .get(0)
                        .get("license")
                        .get("name")
                        .string())
                .isEqualTo("my own");
        assertThat(json.get("dependencies").items().get(0).get("dependsOn").strings())
                .containsExactly("pkg:cargo/mac@0.2.0%2Bx", "pkg:cargo/maker@0.4.0", "pkg:cargo/pyo3@0.28.3");
        assertThat(text).doesNotContain(root.toString(), "serialNumber", "timestamp");
    }

    @Test
    void isWrittenOnceAndAgainWhenSomethingChanges() throws Exception {
        Project project = project();
        added(project, Setting.byDefault(true));
        Path file = root.resolve("sbom/mod.cyclonedx.json");
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        String before = Files.readString(file);
        Files.writeString(file, "damaged");
        added(project, Setting.byDefault(true));
        assertThat(file).hasContent(before);
        Files.setLastModifiedTime(file, time);
        added(project, Setting.byDefault(true));
        added(project, Setting.byDefault(true));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    }

    @Test
    void isLeftOutAndAddedToAsTheProjectSays() throws Exception {
        TestProject written = TestProject.at(root.resolve("project")).withExtension("mod");
        assertThat(added(written.resolve(), new Setting<>(false, "-Drust.sbom")).sorted())
                .isEmpty();
        written.write("pyproject.toml", "[tool.maturin.sbom]\nrust = false\ninclude = ['extra/own.cdx.json']\n");
        written.write("extra/own.cdx.json", "{}");
        assertThat(added(written.resolve(), Setting.byDefault(true)).sorted())
                .extracting(Entry::path)
                .containsExactly("mod-0.1.0.dist-info/sboms/own.cdx.json");
    }

    @Test
    void digestsComeFromTheLockFile() throws IOException {
        Path lock = Files.writeString(
                root.resolve("Cargo.lock"),
                "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n\n"
                        + "[[package]]\nname = \"b\"\nversion = \"2.0.0\"\n");
        assertThat(CrateMaterials.checksums(lock)).isEqualTo(Map.of("a 1.0.0", "ab"));
    }
}

package io.github.nativemaven;

import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.project.Contents;
import io.github.nativemaven.project.PomMetadata;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectRequest;
import io.github.nativemaven.project.ProjectResolver;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A crate that real cargo understands and compiles in a moment, and a POM for it. Nothing is downloaded: beside the
 * project lies a crate that is called pyo3 and is empty, and the extension calls Python's C interface by itself.
 */
public final class TestProject {
    /** A Python module with a function {@code answer}, which gives 42. */
    private static final String EXTENSION = """
            use std::ffi::{c_char, c_int, c_long, c_void};

            #[repr(C)]
            struct Method(*const c_char, Option<extern "C" fn(*mut c_void, *mut c_void) -> *mut c_void>, c_int, *const c_char);

            #[repr(C)]
            struct Module([usize; 5], *const c_char, *const c_char, isize, *const Method, [usize; 4]);

            extern "C" {
                fn PyModule_Create2(module: *const Module, version: c_int) -> *mut c_void;
                fn PyLong_FromLong(value: c_long) -> *mut c_void;
            }

            extern "C" fn answer(_module: *mut c_void, _arguments: *mut c_void) -> *mut c_void {
                unsafe { PyLong_FromLong(42) }
            }

            #[no_mangle]
            pub extern "C" fn PyInit_NAME() -> *mut c_void {
                let methods = Box::new([
                    Method(c"answer".as_ptr(), Some(answer), 4, std::ptr::null()),
                    Method(std::ptr::null(), None, 0, std::ptr::null()),
                ]);
                let first = &Box::leak(methods)[0] as *const Method;
                let name = c"NAME".as_ptr();
                let module = Module([1, 0, 0, 0, 0], name, c"Says it.".as_ptr(), -1, first, [0; 4]);
                unsafe { PyModule_Create2(Box::leak(Box::new(module)), 1013) }
            }
            """;

    /** Released crates of PyO3 have a feature for each version, which switches on the next. */
    private static final String PYO3_FEATURES = """
            [features]
            abi3 = []
            abi3-py37 = ["abi3-py38"]
            abi3-py38 = ["abi3-py39"]
            abi3-py39 = ["abi3-py310"]
            abi3-py310 = ["abi3-py311"]
            abi3-py311 = ["abi3"]
            """;

    /**
     * cargo and rustc themselves, and not rustup's stand-ins for them, which look for a toolchain at each call.
     *
     * @param environment names the compiler
     */
    private record Tools(String cargo, Map<String, String> environment) {
        static Tools find() {
            String root = new ProcessRunner(Events.ignored())
                    .capture(Command.of(Path.of("."), "rustc", "--print", "sysroot"), Duration.ofSeconds(30))
                    .output()
                    .strip();
            Path cargo = Path.of(root, "bin", "cargo");
            Path rustc = Path.of(root, "bin", "rustc");
            return Files.isExecutable(cargo) && Files.isExecutable(rustc)
                    ? new Tools(cargo.toString(), Map.of("RUSTC", rustc.toString()))
                    : new Tools("cargo", Map.of());
        }
    }

    private static final Tools TOOLS = Tools.find();

    private final Path directory;
    private PomMetadata pom;
    private ProjectRequest request;

    private TestProject(Path directory) {
        this.directory = directory;
        this.pom = new PomMetadata(
                directory.resolve("pom.xml"),
                "org.acme",
                "an-artifact",
                "0.1.0",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        this.request = new ProjectRequest(
                directory,
                directory.resolve("target"),
                pom,
                settings(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Contents.NONE);
    }

    /** A project in a directory in which nothing is written yet, beside the crate that stands for PyO3. */
    public static TestProject at(Path directory) {
        Trees.write(
                directory.resolveSibling("pyo3"),
                "Cargo.toml",
                "[package]\nname = \"pyo3\"\nversion = \"0.28.3\"\n" + PYO3_FEATURES,
                "src/lib.rs",
                "");
        return new TestProject(directory.toAbsolutePath());
    }

    /** A project whose files are there already. */
    public static TestProject existing(Path directory) {
        return new TestProject(directory);
    }

    /** How cargo is called in tests: without the network. */
    public static CargoSettings settings() {
        return new CargoSettings(
                TOOLS.cargo(), List.of(), false, false, true, false, 0, false, Optional.empty(), List.of(), Map.of());
    }

    /** The manifest of an extension module. */
    public static String manifest(String crate, String... furtherLines) {
        return "[package]\nname = \"" + crate + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"
                + String.join("\n", furtherLines)
                + "\n[lib]\ncrate-type = [\"cdylib\"]\n[dependencies]\npyo3 = { path = \"../pyo3\" }\n";
    }

    /** The source of an extension module that can be imported by this name. */
    public static String source(String module) {
        return EXTENSION.replace("NAME", module);
    }

    /** Writes a POM, a manifest and the source of an extension module. */
    public TestProject withExtension(String crate) {
        return write(
                "pom.xml", "<project/>", "Cargo.toml", manifest(crate), "src/lib.rs", source(crate.replace('-', '_')));
    }

    /** Writes files into the project. */
    public TestProject write(String... pathsAndTexts) {
        Trees.write(directory, pathsAndTexts);
        return this;
    }

    public Path directory() {
        return directory;
    }

    /** With another POM. */
    public TestProject pom(java.util.function.UnaryOperator<PomMetadata> change) {
        pom = change.apply(pom);
        return this;
    }

    /** With this version in the POM. */
    public TestProject version(String version) {
        return pom(old -> new PomMetadata(
                old.file(),
                old.groupId(),
                old.artifactId(),
                version,
                old.description(),
                old.url(),
                old.licenses(),
                old.developers(),
                old.scmUrl(),
                old.issuesUrl()));
    }

    /** With settings of the user: {@code manifest}, {@code name}, {@code moduleName}, {@code pythonSource}, … */
    public TestProject set(String name, String value) {
        Optional<Setting<String>> text = Optional.of(new Setting<>(value, "-Drust." + name));
        Optional<Setting<Path>> path = text.map(setting -> setting.map(directory::resolve));
        Optional<Setting<List<String>>> list = text.map(setting -> setting.map(it -> List.of(it.split(";"))));
        request = new ProjectRequest(
                request.directory(),
                request.outputDirectory(),
                request.pom(),
                request.cargo(),
                name.equals("manifest") ? path : request.manifest(),
                name.equals("name") ? text : request.name(),
                name.equals("bindings") ? text : request.bindings(),
                name.equals("programs") ? list : request.programs(),
                name.equals("moduleName") ? text : request.moduleName(),
                name.equals("pythonSource") ? path : request.pythonSource(),
                name.equals("requiresPython") ? text : request.requiresPython(),
                name.equals("dependencies") ? list : request.dependencies(),
                request.strip(),
                request.contents());
        return this;
    }

    /** With this besides in its archives. */
    public TestProject contents(Contents contents) {
        request = new ProjectRequest(
                request.directory(),
                request.outputDirectory(),
                request.pom(),
                request.cargo(),
                request.manifest(),
                request.name(),
                request.bindings(),
                request.programs(),
                request.moduleName(),
                request.pythonSource(),
                request.requiresPython(),
                request.dependencies(),
                request.strip(),
                contents);
        return this;
    }

    /** With further extension modules: {@code pkg._fast=crate}. */
    public TestProject modules(String... modules) {
        return contents(new Contents(
                Optional.of(new Setting<>(List.of(modules), "-Drust.modules")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false));
    }

    /** Whose debug information is kept beside its wheels. */
    public TestProject debugSymbols() {
        return contents(
                new Contents(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, false));
    }

    /** With the network: what isn't there yet is downloaded. */
    public TestProject online() {
        return cargo(new CargoSettings(
                "cargo", List.of(), false, false, false, false, 0, false, Optional.empty(), List.of(), Map.of()));
    }

    /** With other settings of cargo. */
    public TestProject cargo(CargoSettings cargo) {
        request = with(pom, cargo);
        return this;
    }

    public ProjectRequest request() {
        return with(pom, request.cargo());
    }

    private ProjectRequest with(PomMetadata pom, CargoSettings cargo) {
        return new ProjectRequest(
                request.directory(),
                request.outputDirectory(),
                pom,
                cargo,
                request.manifest(),
                request.name(),
                request.bindings(),
                request.programs(),
                request.moduleName(),
                request.pythonSource(),
                request.requiresPython(),
                request.dependencies(),
                request.strip(),
                request.contents());
    }

    public Project resolve() {
        return new ProjectResolver(RealPythons.host(), Events.ignored()).resolve(request());
    }
}

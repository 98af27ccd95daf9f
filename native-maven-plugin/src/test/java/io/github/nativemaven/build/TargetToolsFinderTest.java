package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.Trees;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoSettings;
import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine whose rustc, compilers and zig are small scripts. */
class TargetToolsFinderTest {
    private static final TargetTriple ARM = TargetTriple.parse("aarch64-unknown-linux-gnu");
    private static final String ARM_LINKER = "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER";

    private final RecordedEvents events = new RecordedEvents();
    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    static Path shared;

    @TempDir
    Path root;

    private static Project project;

    private Path bin;
    private Optional<Setting<String>> glibc = Optional.empty();
    private Optional<Setting<Path>> zig = Optional.empty();
    private boolean buildStd;

    @BeforeAll
    static void resolve() {
        project = TestProject.at(shared.resolve("project")).withExtension("mod").resolve();
    }

    @BeforeEach
    void machine() throws IOException {
        bin = root.resolve("a bin");
        variables.put("PATH", bin.toString());
        program("cargo", "");
        program(
                "rustc",
                "root='" + root.resolve("sysroot") + "'\n"
                        + "case \"$*\" in\n  -vV) echo 'release: 1.95.0'; echo 'host: x86_64-unknown-linux-gnu' ;;\n"
                        + "  *no-such*) exit 1 ;;\n"
                        + "  *) echo \"$root/lib/rustlib/$6/lib\"; echo \"$root\" ;;\nesac");
        installed("aarch64-unknown-linux-gnu");
    }

    private void installed(String target) {
        Trees.write(root, "sysroot/lib/rustlib/" + target + "/lib/libcore-1.rlib", "");
    }

    private Path program(String name, String script) throws IOException {
        Path file = bin.resolve(name);
        Files.createDirectories(bin);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private TargetTools find(TargetTriple target) {
        Host host = new Host(OperatingSystem.LINUX, variables, root.resolve("home"));
        CargoSettings settings = new CargoSettings(
                "cargo", List.of(), false, false, true, false, 0, false, Optional.empty(), List.of(), Map.of());
        Cargo cargo = Cargo.find(host, settings, Events.ignored());
        return new TargetToolsFinder(
                        host,
                        project,
                        new TargetSettings(Setting.byDefault(List.of()), glibc, zig, buildStd),
                        cargo,
                        List::of,
                        root.resolve("rust"),
                        events)
                .find(target);
    }

    private Problem problem(TargetTriple target) {
        return catchThrowableOfType(BuildFailure.class, () -> find(target)).problem();
    }

    @Test
    void theCrossCompilerIsTaken() throws IOException {
        Path gcc = program("aarch64-linux-gnu-gcc", "");
        Path ar = program("aarch64-linux-gnu-ar", "");
        program("zig", "exit 1");
        TargetTools tools = find(ARM);
        assertThat(tools.linker()).isEqualTo(new Linker.Gcc(gcc));
        assertThat(tools.foreign()).isTrue();
        assertThat(tools.cargoArguments()).containsExactly("--target=aarch64-unknown-linux-gnu");
        assertThat(tools.rustcArguments()).isEmpty();
        assertThat(tools.environment())
                .containsOnly(
                        Map.entry(ARM_LINKER, gcc.toString()),
                        Map.entry("CC_aarch64_unknown_linux_gnu", gcc.toString()),
                        Map.entry("AR_aarch64_unknown_linux_gnu", ar.toString()));
    }

    @Test
    void bindgenFindsTheHeadersBesideTheCompiler() throws IOException {
        program("aarch64-linux-gnu-gcc", "");
        Path include = Files.createDirectories(root.resolve("aarch64-linux-gnu/include"));
        String variable = "BINDGEN_EXTRA_CLANG_ARGS_aarch64_unknown_linux_gnu";
        assertThat(find(ARM).environment()).containsEntry(variable, "--target=aarch64-unknown-linux-gnu -I" + include);
        Path system = Files.createDirectories(root.resolve("aarch64-linux-gnu/sys-root"));
        assertThat(find(ARM).environment())
                .containsEntry(variable, "--target=aarch64-unknown-linux-gnu --sysroot=" + system);
        variables.put("TARGET_BINDGEN_EXTRA_CLANG_ARGS", "mine");
        variables.put(variable, "mine");
        assertThat(find(ARM).environment()).doesNotContainKey(variable);
    }

    @Test
    void theUsersOwnCompilerStays() throws IOException {
        program("aarch64-linux-gnu-gcc", "");
        variables.put("CC_aarch64-unknown-linux-gnu", "mine");
        assertThat(find(ARM).environment()).containsOnlyKeys(ARM_LINKER);
        variables.put(ARM_LINKER, "mine");
        assertThat(find(ARM).linker()).isEqualTo(new Linker.Configured(ARM_LINKER));
        assertThat(find(ARM).environment()).isEmpty();
    }

    @Test
    void zigIsTakenWhereThereIsNoCompiler() throws IOException {
        Path program = program("zig", "echo 0.17.1");
        TargetTools tools = find(ARM);
        Path launchers = root.resolve("rust/aarch64-unknown-linux-gnu/zig-aarch64-linux-gnu.2.17");
        assertThat(tools.linker())
                .isEqualTo(new Linker.ZigCc(new Zig(program, "0.17.1"), "aarch64-linux-gnu.2.17", launchers));
        assertThat(tools.environment())
                .containsEntry(ARM_LINKER, launchers.resolve("cc").toString())
                .containsEntry(
                        "CC_aarch64_unknown_linux_gnu", launchers.resolve("cc").toString())
                .containsEntry(
                        "CXX_aarch64_unknown_linux_gnu",
                        launchers.resolve("cxx").toString())
                .containsEntry(
                        "AR_aarch64_unknown_linux_gnu", launchers.resolve("ar").toString())
                .containsEntry(
                        "ZIG_GLOBAL_CACHE_DIR",
                        root.resolve("home/.cache/native-maven/zig").toString());
    }

    @Test
    void anOlderGlibcOfThisMachineIsAskedOfTheCrateAlone() throws IOException {
        program("zig", "echo 0.17.1");
        glibc = Optional.of(new Setting<>("2.17", "-Drust.glibc"));
        TargetTriple host = TargetTriple.parse("x86_64-unknown-linux-gnu");
        TargetTools tools = find(host);
        assertThat(tools.foreign()).isFalse();
        assertThat(tools.cargoArguments()).isEmpty();
        assertThat(tools.rustcArguments())
                .containsExactly(
                        "-C", "linker=" + root.resolve("rust/x86_64-unknown-linux-gnu/zig-x86_64-linux-gnu.2.17/cc"));
        assertThat(tools.environment()).doesNotContainKey("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER");
        Files.delete(bin.resolve("zig"));
        assertThat(problem(host)).isEqualTo(new TargetToolsFinder.NoZig(glibc.get()));
        variables.put("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER", "mold");
        assertThat(find(host).linker()).isInstanceOf(Linker.Configured.class);
        assertThat(events.of(TargetToolsFinder.GlibcLeftToLinker.class)).hasSize(1);
    }

    @Test
    void withoutAWishThisMachineHasItsUsualTools() {
        TargetTriple host = TargetTriple.parse("x86_64-unknown-linux-gnu");
        assertThat(find(host)).isEqualTo(TargetTools.usual(project.toolchain()));
    }

    @ParameterizedTest
    @CsvSource({
        "aarch64-unknown-linux-gnu,     aarch64-linux-gnu-gcc,      gcc-aarch64-linux-gnu,      true",
        "armv7-unknown-linux-gnueabihf, arm-linux-gnueabihf-gcc,    gcc-arm-linux-gnueabihf,    true",
        "riscv64gc-unknown-linux-gnu,   riscv64-linux-gnu-gcc,      gcc-riscv64-linux-gnu,      true",
        "x86_64-pc-windows-gnu,         x86_64-w64-mingw32-gcc,     gcc-mingw-w64-x86-64,       true",
        "i686-pc-windows-gnu,           i686-w64-mingw32-gcc,       gcc-mingw-w64-i686,         true",
        "x86_64-unknown-linux-musl,     x86_64-linux-musl-gcc,      ,                           true",
        "x86_64-pc-windows-msvc,        ,                           ,                           false",
        "aarch64-apple-darwin,          ,                           ,                           true",
        "x86_64-unknown-freebsd,        ,                           ,                           false",
    })
    void whatIsMissingIsNamed(String target, String compiler, String debian, boolean zig) {
        installed(target);
        TargetTriple triple = TargetTriple.parse(target);
        assertThat(problem(triple))
                .isEqualTo(new TargetToolsFinder.NoLinker(
                        triple, Optional.ofNullable(compiler), Optional.ofNullable(debian), zig));
    }

    @Test
    void aZigThatDoesNotWorkIsAnError() throws IOException {
        Path program = program("zig", "echo 0.9.1");
        assertThat(problem(ARM)).isEqualTo(new Zig.TooOld(program, "0.9.1", "0.13"));
        program("zig", "echo broken >&2; exit 1");
        assertThat(problem(ARM)).isEqualTo(new Zig.Broken(program, "broken"));
        Files.writeString(program, "no program");
        assertThat(problem(ARM)).isInstanceOf(Zig.Broken.class);
    }

    @Test
    void aLibraryThatIsMissingIsCompiledWhereThatIsWanted() throws IOException {
        program("x86_64-w64-mingw32-gcc", "");
        TargetTriple windows = TargetTriple.parse("x86_64-pc-windows-gnu");
        Path library = root.resolve("sysroot/lib/rustlib/x86_64-pc-windows-gnu/lib");
        assertThat(problem(windows)).isEqualTo(new StandardLibrary.Missing(windows, library));
        buildStd = true;
        assertThat(problem(windows)).isEqualTo(new StandardLibrary.NoSource(windows, root.resolve("sysroot")));
        Trees.write(root, "sysroot/lib/rustlib/src/rust/library/std/Cargo.toml", "");
        TargetTools tools = find(windows);
        assertThat(tools.buildStd()).isTrue();
        assertThat(tools.cargoArguments()).contains("-Zbuild-std=std,panic_abort");
        assertThat(tools.environment()).containsEntry("RUSTC_BOOTSTRAP", "1");
        assertThat(find(TargetTriple.parse("x86_64-unknown-linux-gnu")).buildStd())
                .as("that of this machine is there")
                .isFalse();
    }

    /** As in the library that rustup installs: a wheel doesn't tell where this machine keeps its Rust. */
    @Test
    void theSourceOfRustsLibraryIsNamedAsItIsEverywhere() throws IOException {
        program("x86_64-linux-musl-gcc", "");
        Trees.write(root, "sysroot/lib/rustlib/src/rust/library/std/Cargo.toml", "");
        buildStd = true;
        String mapping = "--remap-path-prefix=" + root.resolve("sysroot/lib/rustlib/src/rust") + "=/rustc";
        TargetTriple musl = TargetTriple.parse("x86_64-unknown-linux-musl");
        assertThat(find(musl).cargoArguments())
                .contains("--config=target." + musl + ".rustflags=[\"" + mapping
                        + "\",\"-Ctarget-feature=-crt-static\"]");
        installed("x86_64-unknown-linux-musl");
        assertThat(find(musl).cargoArguments()).noneMatch(argument -> argument.contains("remap"));
    }

    /** What would be stripped names the paths of all that was linked. */
    @Test
    void whereNothingStripsForMacosTheLinkerLeavesDebugInformationOut() throws IOException {
        installed("aarch64-apple-darwin");
        program("zig", "echo 0.17.1");
        TargetTriple apple = TargetTriple.parse("aarch64-apple-darwin");
        assertThat(find(apple).rustcArguments()).containsExactly("-C", "strip=none", "-C", "link-arg=-Wl,-S");
        program("rust-objcopy", "");
        assertThat(find(apple).rustcArguments()).isEmpty();
    }

    @Test
    void aBrowsersPythonNeedsEmscripten() throws IOException {
        installed("wasm32-unknown-emscripten");
        TargetTriple browser = TargetTriple.parse("wasm32-unknown-emscripten");
        assertThat(problem(browser)).isEqualTo(new TargetToolsFinder.NoEmscripten(browser));
        program("emcc", "");
        assertThat(find(browser).linker()).isEqualTo(new Linker.Usual());
    }

    @Test
    void aLibraryForMuslSharesTheCLibraryWithPython() throws IOException {
        program("x86_64-linux-musl-gcc", "");
        installed("x86_64-unknown-linux-musl");
        TargetTriple musl = TargetTriple.parse("x86_64-unknown-linux-musl");
        assertThat(find(musl).cargoArguments())
                .contains("--config=target.x86_64-unknown-linux-musl.rustflags=[\"-Ctarget-feature=-crt-static\"]");
        variables.put("RUSTFLAGS", "-g -Cdebuginfo=1");
        assertThat(find(musl).environment())
                .containsEntry("CARGO_ENCODED_RUSTFLAGS", "-g\u001f-Cdebuginfo=1\u001f-Ctarget-feature=-crt-static");
    }

    @Test
    void launchersCallZigWithoutWhatItDoesNotUnderstand() throws IOException {
        Path program = program("it's zig", "for i do printf '<%s>' \"$i\"; done");
        Path launchers = root.resolve("rust/zig");
        Linker.ZigCc linker = new Linker.ZigCc(new Zig(program, "0.17.1"), "aarch64-linux-gnu.2.17", launchers);
        new TargetTools(ARM, true, linker, false, List.of(), List.of(), Map.of()).prepare(OperatingSystem.LINUX);
        assertThat(run(launchers.resolve("cc"), "-o", "a b", "--target=aarch64-unknown-linux-gnu", "x.o"))
                .isEqualTo("<cc><-target><aarch64-linux-gnu.2.17><-o><a b><x.o>");
        assertThat(run(launchers.resolve("cxx"), "x")).startsWith("<c++><-target>");
        assertThat(run(launchers.resolve("ar"), "cq", "x")).isEqualTo("<ar><cq><x>");
        Linker.ZigCc mac = new Linker.ZigCc(new Zig(program, "0.17.1"), "aarch64-macos", launchers);
        TargetTriple apple = TargetTriple.parse("aarch64-apple-darwin");
        new TargetTools(apple, true, mac, false, List.of(), List.of(), Map.of()).prepare(OperatingSystem.LINUX);
        assertThat(run(launchers.resolve("cc"), "-liconv", "-Wl,-exported_symbols_list", "-Wl,/a b", "-lc"))
                .isEqualTo("<cc><-target><aarch64-macos><-lc>");
    }

    private String run(Path program, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = program.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new ProcessRunner(Events.ignored())
                .capture(Command.of(root, command), Duration.ofSeconds(10))
                .output()
                .strip();
    }
}

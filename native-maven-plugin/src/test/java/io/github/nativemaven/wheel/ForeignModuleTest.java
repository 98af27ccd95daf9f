package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.archive.Entry;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Layout;
import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Shipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignModuleTest {
    private static final Bindings CFFI = new Bindings.Cffi(List.of());
    private static final Bindings UNIFFI = new Bindings.UniFfi(null, List.of());

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "my_lib, false, my_lib",
        "my_lib, true, my_lib/my_lib",
        "pkg._native, true, pkg/_native",
        "pkg._native, false, pkg/_native"
    })
    void liesInAPackageOfItsOwn(String module, boolean mixed, String expected) {
        assertThat(ForeignModule.directory(project(CFFI, module, mixed))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64-unknown-linux-gnu, libmy_lib.so",
        "aarch64-apple-darwin, libmy_lib.dylib",
        "x86_64-pc-windows-msvc, my_lib.dll"
    })
    void cffiLoadsTheLibraryByItsName(String target, String library) throws IOException {
        var entries = ForeignModule.entries(project(CFFI, "my_lib", false), result(target, "ffi.py", "ffi = 1"));
        assertThat(entries.sorted())
                .extracting(Entry::path)
                .containsExactlyInAnyOrder("my_lib/__init__.py", "my_lib/ffi.py", "my_lib/" + library);
        assertThat(entries.get("my_lib/" + library).orElseThrow().executable()).isTrue();
        assertThat(text(entries.get("my_lib/__init__.py").orElseThrow())).contains("(\"" + library + "\")");
    }

    @Test
    void uniffiLoadsTheLibraryByTheNameInItsPython() throws IOException {
        var entries = ForeignModule.entries(
                project(UNIFFI, "my_lib", false),
                result("x86_64-unknown-linux-gnu", "geometry.py", "libname = libname.format(\"other\")\n"));
        assertThat(entries.sorted())
                .extracting(Entry::path)
                .containsExactly("my_lib/__init__.py", "my_lib/geometry.py", "my_lib/libother.so");
        assertThat(text(entries.get("my_lib/__init__.py").orElseThrow())).isEqualTo("from .geometry import *\n");
    }

    @Test
    void uniffiLoadsTheLibraryByItsOwnNameWhereThePythonDoesNotTell() throws IOException {
        var entries = ForeignModule.entries(
                project(UNIFFI, "my_lib", false), result("x86_64-unknown-linux-gnu", "geometry.py", ""));
        assertThat(entries.contains("my_lib/libbuilt.so")).isTrue();
    }

    private static String text(Entry entry) throws IOException {
        try (var in = entry.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private UnitResult result(String target, String generated, String text) throws IOException {
        Path library = Files.writeString(directory.resolve("libbuilt.so"), "library");
        Path python = Files.writeString(directory.resolve(generated), text);
        Unit unit = new Unit(TargetTriple.parse(target), new Abi.AnyPython(), Optional.empty(), directory);
        return new UnitResult(
                unit,
                Optional.of(library),
                List.of(),
                List.of(python),
                Map.of(),
                List.of(),
                Set.of(),
                1,
                0,
                Duration.ZERO);
    }

    /** Of a project only what decides about the package. */
    private Project project(Bindings bindings, String module, boolean mixed) {
        Layout layout =
                new Layout(directory, mixed ? Optional.of(directory) : Optional.empty(), List.of(), Optional.empty());
        return new Project(
                directory,
                directory,
                null,
                Optional.empty(),
                null,
                null,
                null,
                null,
                null,
                null,
                ModuleName.parse(module),
                bindings,
                layout,
                Optional.empty(),
                List.of(),
                Shipped.NONE,
                List.of(),
                List.of(),
                List.of());
    }
}

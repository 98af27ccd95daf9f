package io.github.nativemaven.stubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stubs of libraries that rustc compiled. What is in them are the fragments of {@code shapes}, a module that was compiled
 * with two releases of PyO3 and has something of everything.
 */
class StubsTest {
    @TempDir
    Path directory;

    /** A library with fragments as PyO3 lays them out: a number, and the bytes behind it. */
    private Path library(String fragments) throws IOException {
        StringBuilder source = new StringBuilder("#[repr(C)]\npub struct Fragment<const N: usize>(u32, [u8; N]);\n");
        for (String line : fragments.lines().toList()) {
            String name = line.substring(0, line.indexOf(' '));
            byte[] json = line.substring(line.indexOf(' ') + 1).getBytes(StandardCharsets.UTF_8);
            source.append("#[used]\n#[no_mangle]\npub static ").append(name);
            source.append(": Fragment<").append(json.length).append("> = Fragment(");
            source.append(json.length).append(", *b\"");
            for (byte b : json) {
                source.append(String.format("\\x%02x", b));
            }
            source.append("\");\n");
        }
        Path crate = Files.writeString(directory.resolve("made.rs"), source);
        Path library = directory.resolve("made.so");
        Command rustc = Command.of(
                directory,
                "rustc",
                "--crate-type=cdylib",
                "-C",
                "strip=symbols",
                "-o",
                library.toString(),
                crate.toString());
        ProcessRunner.Result result = new ProcessRunner(Events.ignored()).capture(rustc, Duration.ofMinutes(1));
        assertThat(result.error()).isEmpty();
        return library;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StubsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.28.3", "0.30.1"})
    void somethingOfEverything(String release) throws IOException {
        Path library = library(resource("shapes-" + release + ".txt"));
        SortedMap<String, String> files = Stubs.of(library, ModuleName.parse("shapes"), true);
        assertThat(files.keySet()).containsExactly("shapes/__init__.pyi", "shapes/inner.pyi");
        assertThat(files.get("shapes/__init__.pyi")).isEqualTo(resource("shapes-" + release + ".pyi"));
        assertThat(files.get("shapes/inner.pyi")).contains("import shapes\n", "def center() -> shapes.Point: ...");
        for (String text : files.values()) {
            parse(text);
        }
    }

    private void parse(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("stub.pyi"), text);
        Command python = Command.of(
                directory,
                RealPythons.newest().executable().toString(),
                "-c",
                "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())",
                file.toString());
        assertThat(new ProcessRunner(Events.ignored())
                        .capture(python, Duration.ofSeconds(30))
                        .error())
                .isEmpty();
    }

    @Test
    void aModuleInAPackageNamesItsClassesWithIt() throws IOException {
        Path library = library(resource("shapes-0.30.1.txt"));
        BuildFailure failure =
                catchThrowableOfType(BuildFailure.class, () -> Stubs.of(library, ModuleName.parse("pkg._core"), false));
        assertThat(failure.problem()).isEqualTo(new Stubs.Nothing(library, "pkg._core"));
        SortedMap<String, String> files = Stubs.of(library, ModuleName.parse("pkg.shapes"), false);
        assertThat(files.keySet()).containsExactly("pkg/shapes/__init__.pyi", "pkg/shapes/inner.pyi");
        assertThat(files.get("pkg/shapes/inner.pyi")).contains("import pkg.shapes\n", "-> pkg.shapes.Point");
    }

    @Test
    void namesThatHideOthersAndNamesThatAreNone() throws IOException {
        String id = "PYO3_INTROSPECTION_1_";
        Path library = library(id + """
                1 {"type":"module","id":"m","name":"m","members":["f","i","x"],"incomplete":true,"doc":"Line one.\\n\\n  \\"Two\\""}
                """ + id + """
                2 {"type":"function","id":"f","name":"f","arguments":{"args":[{"name":"from"},{"name":"n","annotation":{"type":"attribute","value":{"type":"name","id":"builtins"},"attr":"int"}}],"kwonlyargs":[{"name":"k","default":{"type":"constant","kind":"ellipsis"}}]},"returns":{"type":"id","id":"?"}}
                """ + id + """
                3 {"type":"class","id":"i","name":"int"}
                """ + id + """
                4 {"type":"function","id":"x","name":"not a name","arguments":{}}
                """);
        assertThat(Stubs.of(library, ModuleName.parse("m"), false).get("m.pyi")).isEqualTo("""
                        \"""
                        Line one.

                          "Two"
                        \"""

                        import builtins
                        import typing

                        def f(from_: typing.Any, n: builtins.int, *, k: typing.Any = ...) -> typing.Any: ...

                        class int: ...


                        def __getattr__(name: str) -> typing.Any: ...
                        """);
    }

    @Test
    void whatSaysNothingAndWhatCanNotBeRead() throws IOException {
        Path empty = library("");
        assertThat(catchThrowableOfType(BuildFailure.class, () -> Stubs.of(empty, ModuleName.parse("m"), false))
                        .problem())
                .isEqualTo(new Stubs.Nothing(empty, "m"));
        Path broken = library("PYO3_INTROSPECTION_1_1 {\"type\":");
        assertThat(catchThrowableOfType(BuildFailure.class, () -> Stubs.of(broken, ModuleName.parse("m"), false))
                        .problem())
                .isInstanceOf(Stubs.Unreadable.class);
    }
}

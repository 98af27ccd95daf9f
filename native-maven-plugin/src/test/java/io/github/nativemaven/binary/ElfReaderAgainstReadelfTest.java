package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nativemaven.binary.ElfFile.VersionNeed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries of a real linker, and those that the system has, read by us and by GNU readelf. */
class ElfReaderAgainstReadelfTest {
    private static final String SOURCE = """
            #include <string.h>
            #include <stdio.h>
            #include <math.h>
            extern int maybe(int) __attribute__((weak));
            extern int PyLong_FromLong(long);
            int PyInit_x(char *to, char *from, int n) {
                if (maybe) maybe(1);
                memcpy(to, from, n);
                printf("%f", exp(n));
                return PyLong_FromLong(n);
            }
            int value = 3;
            __attribute__((weak)) int weakly(void) { return 1; }
            __attribute__((visibility("hidden"))) int hidden(void) { return 2; }
            __attribute__((visibility("protected"))) int guarded(void) { return 2; }
            static int inner(void) { return 1; }
            int (*use)(void) = inner;
            """;
    private static final String NO_EXPORTS = """
            #include <string.h>
            __attribute__((constructor)) static void start(void) { char *e = getenv("A"); if (e) memcpy(e, e + 1, strlen(e)); }
            char *getenv(const char *);
            """.replace("__attribute__", "char *getenv(const char *);\n__attribute__");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-shared -lm",
                "-shared -lm -Wl,-soname,libx.so.1",
                "-shared -lm -Wl,--hash-style=sysv",
                "-shared -lm -Wl,--hash-style=gnu",
                "-shared -lm -Wl,--hash-style=both",
                "-shared -lm -Wl,-rpath,$ORIGIN/a:$ORIGIN/b -Wl,--enable-new-dtags",
                "-shared -lm -Wl,-rpath,$ORIGIN/a:$ORIGIN/b -Wl,--disable-new-dtags",
                "-shared -lm -s",
                "-shared -lm -g",
                "-shared -lm -fvisibility=hidden",
                "-shared -lm -Wl,-z,max-page-size=65536",
                "-shared -lm -Wl,-Bsymbolic -Wl,-z,now",
                "-shared -lm -fuse-ld=gold",
                "-shared -lm -fuse-ld=lld"
            })
    void readsWhatALinkerMakes(String options) throws Exception {
        Path library = compile(SOURCE, options);

        assertSame(library);
        assertSame(withoutSectionHeaders(library), library);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Wl,--hash-style=gnu", "-Wl,--hash-style=sysv", "-fuse-ld=gold"})
    void readsALibraryWithoutExports(String options) throws Exception {
        Path library = compile(NO_EXPORTS, "-shared " + options);

        assertSame(library);
        ElfFile stripped = (ElfFile) BinaryFile.read(withoutSectionHeaders(library));
        assertThat(stripped.imports()).contains("memcpy", "strlen", "getenv");
        assertThat(stripped.exports("")).doesNotContain("start");
    }

    @Test
    void reads32BitLibraries() throws Exception {
        Path library = compile(
                "int f(void); int PyInit_x(void) { return f(); }",
                "-m32 -shared -nostdlib -Wl,-soname,libx.so.1 -Wl,-rpath,/a");

        assertSame(library);
        assertThat(((ElfFile) BinaryFile.read(library)).pointerWidth()).isEqualTo(32);
    }

    @Test
    void readsPrograms() throws Exception {
        Path program = compile("#include <stdio.h>\nint main(void) { puts(\"a\"); return 0; }", "-pie");

        assertSame(program);
        String headers = Tools.output("readelf", "-lW", program.toString());
        assertThat(((ElfFile) BinaryFile.read(program)).interpreter()).hasValueSatisfying(path -> assertThat(headers)
                .contains("[Requesting program interpreter: " + path + "]"));
    }

    @Test
    void readsStaticPrograms() throws Exception {
        ElfFile program = (ElfFile) BinaryFile.read(compile("int main(void) { return 0; }", "-static"));

        assertThat(program.needed()).isEmpty();
        assertThat(program.interpreter()).isEmpty();
        assertThat(program.imports()).isEmpty();
        assertThat(program.isShared()).isFalse();
    }

    @Test
    void anObjectFileNeedsAndExportsNothing() throws Exception {
        ElfFile object = (ElfFile) BinaryFile.read(compile(SOURCE, "-c"));

        assertThat(object.needed()).isEmpty();
        assertThat(object.exports("")).isEmpty();
    }

    @Test
    void readsSymbolVersionsOfItsOwn() throws Exception {
        Path script = Files.writeString(
                directory.resolve("versions.map"), "X_1.0 { global: PyInit_x; local: inner; };\nX_1.1 { } X_1.0;\n");

        assertSame(compile(SOURCE, "-shared -lm -Wl,--version-script=" + script));
    }

    static Stream<Path> systemLibraries() throws IOException {
        Path root = Path.of("/usr/lib");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> directories = Files.list(root).sorted()) {
                for (Path each : directories
                        .filter(path -> path.toString().endsWith("-linux-gnu"))
                        .toList()) {
                    found.addAll(libraries(each));
                }
            }
        }
        return found.isEmpty() ? Stream.of(root) : found.stream();
    }

    /** The C library, and a few more, spread over the alphabet. */
    private static List<Path> libraries(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.filter(path -> path.toString().contains(".so."))
                    .filter(Files::isRegularFile)
                    .filter(path -> !Files.isSymbolicLink(path))
                    .sorted()
                    .toList();
            List<Path> chosen = new ArrayList<>();
            int every = Math.max(1, all.size() / 12);
            for (int i = 0; i < all.size(); i++) {
                String name = all.get(i).getFileName().toString();
                if (i % every == 0 || name.startsWith("libc.so") || name.startsWith("libstdc++")) {
                    chosen.add(all.get(i));
                }
            }
            return chosen;
        }
    }

    @ParameterizedTest
    @MethodSource("systemLibraries")
    void readsTheSystemsLibraries(Path library) throws Exception {
        assumeTrue(Files.isRegularFile(library), "no system libraries in " + library);
        assertSame(library);
    }

    private void assertSame(Path library) throws Exception {
        assertSame(library, library);
    }

    /** @param twin a file with the same contents that readelf can read */
    private static void assertSame(Path library, Path twin) throws Exception {
        Readelf expected = Readelf.of(twin);
        ElfFile actual = (ElfFile) BinaryFile.read(library);

        assertThat(actual.needed()).isEqualTo(expected.needed());
        assertThat(actual.soname()).isEqualTo(expected.soname());
        assertThat(String.join(":", actual.rpath())).isEqualTo(expected.rpath());
        assertThat(String.join(":", actual.runpath())).isEqualTo(expected.runpath());
        assertThat(actual.versionNeeds())
                .extracting(need -> need.library() + " " + need.version())
                .isEqualTo(expected.versionNeeds());
        assertThat(actual.exports("")).isEqualTo(expected.exports());
        assertThat(actual.imports()).isEqualTo(expected.imports());
        assertThat(actual.versionNeeds().stream()
                        .filter(need -> need.symbol().isPresent())
                        .map(VersionNeed::toString))
                .isSubsetOf(expected.versionedImports());
    }

    private Path compile(String source, String options) throws Exception {
        return Tools.compile(directory, source, options);
    }

    private Path withoutSectionHeaders(Path library) throws IOException {
        byte[] bytes = Files.readAllBytes(library);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        assertThat(bytes[4]).as("a 64-bit file").isEqualTo((byte) 2);
        header.putLong(40, 0).putShort(60, (short) 0).putShort(62, (short) 0);
        return Files.write(library.resolveSibling("bare.so"), bytes);
    }
}

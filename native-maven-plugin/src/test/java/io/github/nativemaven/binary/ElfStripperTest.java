package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against GNU's readelf, strip and gdb, and the loader. */
class ElfStripperTest {
    private static final String SOURCE =
            "int printf(const char *, ...);\nstatic int twice(int n) {\n    return n * 2;\n}\n"
                    + "int answer(int n) {\n    return twice(n) + 9;\n}\n"
                    + "int main(void) {\n    return printf(\"%d\\n\", answer(6)) - 3;\n}\n";
    private static final Pattern SECTION = Pattern.compile("(?m)^  \\[ *\\d+] (\\S+) +[A-Z_]+[A-Z_0-9]* +[0-9a-f]{8}");

    @TempDir
    Path directory;

    private Path strip(Path file, boolean keepNames) throws IOException {
        Path stripped = directory.resolve("stripped-" + keepNames + "-" + file.getFileName());
        ElfStripper.strip(file, stripped, keepNames);
        return stripped;
    }

    private static List<String> sections(Path file) throws Exception {
        return SECTION.matcher(Tools.output("readelf", "-SW", file.toString()))
                .results()
                .map(result -> result.group(1))
                .filter(name -> !name.equals("NULL"))
                .toList();
    }

    /** What the loader sees. */
    private static String segments(Path file) throws Exception {
        return Tools.output("readelf", "-lW", file.toString()).replaceFirst("(?s) Section to Segment mapping.*", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-g -shared",
                "-g -shared -Wl,-z,noseparate-code",
                "-g -shared -Wl,-z,max-page-size=65536",
                "-g -shared -fuse-ld=lld",
                "-g -shared -Wl,--build-id=none -Wl,--hash-style=both",
                "-g3 -gz -shared",
                "-g -shared -m32 -nostdlib",
                "-g -shared -Wl,--emit-relocs",
                "-g",
                "-g -no-pie",
                "-g -static",
                "-shared -s"
            })
    void takesOffWhatGnuStripDoesAndNoByteMore(String options) throws Exception {
        Path made = Tools.compile(directory, SOURCE, options);
        for (boolean keepNames : List.of(true, false)) {
            Path theirs = directory.resolve("theirs");
            Tools.output("strip", keepNames ? "-g" : "-s", "-o", theirs.toString(), made.toString());
            Path ours = strip(made, keepNames);
            assertThat(Tools.output("readelf", "-aW", ours.toString())).doesNotContain("Warning", "Error");
            assertThat(sections(ours)).containsExactlyInAnyOrderElementsOf(sections(theirs));
            assertThat(segments(ours)).isEqualTo(segments(made));
            assertThat(Files.size(ours)).isLessThan(Files.size(theirs) + 2 * 4096);
            assertThat(Readelf.of(ours)).isEqualTo(Readelf.of(made));
            assertThat(ElfBuildId.read(ours)).isEqualTo(ElfBuildId.read(made));
            runs(ours, options);
        }
    }

    /** Also when its needs are changed afterwards. */
    private void runs(Path file, String options) throws Exception {
        if (options.contains("-m32")) {
            return;
        }
        if (!options.contains("-static")) {
            Path patched = directory.resolve("patched");
            Files.deleteIfExists(patched);
            ElfPatcher.patch(file, patched, ElfPatch.NOTHING.runpath("$ORIGIN/a-long-way/to/nowhere"));
            called(patched, options);
        }
        called(file, options);
    }

    private static void called(Path file, String options) throws Exception {
        String said = options.contains("-shared")
                ? Tools.output(
                        "python3",
                        "-c",
                        "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).answer(6))",
                        file.toString())
                : Tools.output(file.toString());
        assertThat(said.strip()).isEqualTo("21");
    }

    /** The number by which readelf and debuggers know a file. */
    @Test
    void readsTheBuildIdThatReadelfDoes() throws Exception {
        Path made = Tools.compile(directory, SOURCE, "-g -shared -Wl,--build-id=sha1");
        MatchResult said = Pattern.compile("Build ID: ([0-9a-f]+)")
                .matcher(Tools.output("readelf", "-n", made.toString()))
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(ElfBuildId.read(made)).contains(said.group(1));
        assertThat(ElfBuildId.read(Tools.compile(directory, SOURCE, "-shared -Wl,--build-id=none")))
                .isEmpty();
    }

    /** The whole file, under the name of its build id, serves for the stripped one. */
    @Test
    void aDebuggerFindsWhatWasKept() throws Exception {
        Path made = Tools.compile(directory, SOURCE, "-g -shared -Wl,--build-id=sha1");
        String id = ElfBuildId.read(made).orElseThrow();
        Path kept = Files.createDirectories(directory.resolve("kept/.build-id/" + id.substring(0, 2)));
        Path stripped = strip(made, false);
        String[] gdb = {
            "gdb",
            "-nx",
            "-batch",
            "-ex",
            "set debug-file-directory " + directory.resolve("kept"),
            "-ex",
            "file " + stripped,
            "-ex",
            "info line twice"
        };
        assertThat(Tools.run(Map.of(), gdb).output()).doesNotContain("Line 2 of");
        Files.copy(made, kept.resolve(id.substring(2) + ".debug"));
        assertThat(Tools.run(Map.of(), gdb).output()).contains("Line 2 of \"").contains("source.c\"");
    }

    @ParameterizedTest
    @MethodSource("io.github.nativemaven.binary.ElfReaderTest#machines")
    void whatHasNoSectionsStaysAsItIs(boolean wide, ByteOrder order, int machine) throws IOException {
        Path file = new ElfImage(wide, order, machine).needed("libc.so.6").write(directory.resolve("libx.so"));
        assertThat(strip(file, false)).hasSameBinaryContentAs(file);
    }

    @Test
    void strippingTwiceIsStrippingOnce() throws Exception {
        Path once = strip(Tools.compile(directory, SOURCE, "-g -shared"), false);
        assertThat(strip(once, false)).hasSameBinaryContentAs(once);
    }

    /** Damage anywhere in the headers is refused, or copied; it takes no memory and ends nothing. */
    @Test
    void damagedFilesAreRefused() throws Exception {
        byte[] made = Files.readAllBytes(Tools.compile(directory, SOURCE, "-g -shared"));
        int table = (int) ByteBuffer.wrap(made).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] damaged = Arrays.copyOf(made, i % 9 == 0 ? random.nextInt(made.length) : made.length);
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextBoolean() ? random.nextInt(64) : table + random.nextInt(made.length - table);
                if (at < damaged.length) {
                    damaged[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
                }
            }
            Path file = Files.write(directory.resolve("damaged"), damaged);
            Path copy = directory.resolve("copy");
            try {
                ElfStripper.strip(file, copy, random.nextBoolean());
                assertThat(Files.size(copy)).isLessThan(3L * made.length);
                Files.delete(copy);
            } catch (MalformedBinaryException e) {
                assertThat(copy).doesNotExist();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void aCopyThatIsThereStays() throws Exception {
        Path made = Tools.compile(directory, SOURCE, "-g -shared");
        Path there = Files.writeString(directory.resolve("there"), "x");
        assertThatThrownBy(() -> ElfStripper.strip(made, there, false)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("x");
    }
}

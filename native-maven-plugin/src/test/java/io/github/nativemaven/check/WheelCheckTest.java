package io.github.nativemaven.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.BinaryImages;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.Policy;
import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.wheel.RecordFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WheelCheckTest {
    private static final String INFO = "a-1.0.dist-info/";
    private static final String KEY = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n" + "Ab1+".repeat(16);

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private String tag = "cp311-cp311-manylinux_2_17_x86_64";

    @TempDir
    Path root;

    @BeforeEach
    void good() throws IOException {
        put("a/__init__.py", "x = 1\n");
        library("a/a.cpython-311-x86_64-linux-gnu.so", "2.14", "PyInit_a");
        put(INFO + "METADATA", "Metadata-Version: 2.4\nName: a\nVersion: 1.0\n");
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void library(String path, String glibc, String... exports) throws IOException {
        files.put(path, Files.readAllBytes(BinaryImages.linux(root.resolve("lib"), "libc.so.6", glibc, exports)));
    }

    private void retag(String other, String... removed) {
        tag = other;
        Arrays.asList(removed).forEach(files::remove);
    }

    /** With WHEEL and RECORD, where they aren't there. */
    private byte[] zipped() throws IOException {
        files.putIfAbsent(
                INFO + "WHEEL",
                ("Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: " + tag + "\n").getBytes(StandardCharsets.UTF_8));
        List<RecordFile.Row> rows = new ArrayList<>();
        files.forEach((path, bytes) -> rows.add(RecordFile.Row.of(path, bytes)));
        rows.add(RecordFile.Row.bare(INFO + "RECORD"));
        files.putIfAbsent(INFO + "RECORD", new RecordFile(rows).write().getBytes(StandardCharsets.UTF_8));
        return zip();
    }

    private byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private List<Fault> check() throws IOException {
        return check("a-1.0-" + tag + ".whl", zipped());
    }

    private List<Fault> check(String name, byte[] bytes) throws IOException {
        Path wheel = Files.write(root.resolve(name), bytes);
        return WheelCheck.check(wheel, OptionalLong.empty()).faults();
    }

    private static Fault fault(Kind kind, String subject, String detail) {
        return new Fault(kind, subject, detail);
    }

    @Test
    void aRightWheelHasNoFault() throws IOException {
        assertThat(check()).isEmpty();
    }

    @Test
    void noFileIsTold() throws IOException {
        assertThat(WheelCheck.check(root.resolve("no.whl"), OptionalLong.empty())
                        .faults())
                .extracting(Fault::kind)
                .containsExactly(Kind.NOT_THERE);
    }

    @Test
    void aDirectoryIsTold() throws IOException {
        Path directory = Files.createDirectory(root.resolve("a-1.0-py3-none-any.whl"));
        assertThat(WheelCheck.check(directory, OptionalLong.empty()).faults())
                .containsExactly(fault(Kind.NOT_A_FILE, directory.toString(), ""));
    }

    @Test
    void whatMayNotBeReadIsTold() throws IOException {
        Path wheel = Files.write(root.resolve("a-1.0-" + tag + ".whl"), zipped());
        assumeTrue(wheel.toFile().setReadable(false) && !Files.isReadable(wheel), "this user may read all");
        assertThat(WheelCheck.check(wheel, OptionalLong.empty()).faults())
                .containsExactly(fault(Kind.NOT_ALLOWED, wheel.toString(), ""));
    }

    @Test
    void theAuditIsTold() throws IOException {
        Path wheel = Files.write(root.resolve("a-1.0-" + tag + ".whl"), zipped());
        WheelCheck.Outcome outcome = WheelCheck.check(wheel, OptionalLong.empty());
        assertThat(outcome.packed()).isEqualTo(Files.size(wheel));
        assertThat(outcome.runsOn().macos()).isEmpty();
        AuditResult audit = outcome.runsOn().linux().get(0);
        assertThat(audit.best()).map(Policy::toString).contains("manylinux_2_17_x86_64");
        assertThat(audit.obstacles()).singleElement().isInstanceOf(Finding.TooNew.class);
    }

    @Test
    void aLimitIsALimit() throws IOException {
        Path wheel = Files.write(root.resolve("a-1.0-" + tag + ".whl"), zipped());
        long size = Files.size(wheel);
        assertThat(WheelCheck.check(wheel, OptionalLong.of(size)).faults()).isEmpty();
        assertThat(WheelCheck.check(wheel, OptionalLong.of(size - 1)).faults())
                .containsExactly(fault(Kind.TOO_LARGE, "" + size, "" + (size - 1)));
    }

    @Test
    void recordIsHeldAgainstTheFiles() throws IOException {
        zipped();
        put("a/__init__.py", "x = 2\n");
        put("a/more.py", "");
        files.put(
                INFO + "RECORD",
                (new String(files.get(INFO + "RECORD"), StandardCharsets.UTF_8) + "a/gone.py,md5=abc,0\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(check())
                .containsExactlyInAnyOrder(
                        fault(Kind.WRONG_CONTENT, "a/__init__.py", "digest"),
                        fault(Kind.NOT_RECORDED, "a/more.py", ""),
                        fault(Kind.RECORDED_ONLY, "a/gone.py", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "METADATA | Metadata-Version: 2.4~Name: b~Version: 1.0~ | DIFFERS",
                "METADATA | Metadata-Version: 2.4~Name: a~Version: 1.1~ | DIFFERS",
                "METADATA | Metadata-Version: 2.4~nonsense~ | BAD_METADATA",
                "WHEEL | Wheel-Version: 1.0~Root-Is-Purelib: false~Tag: cp312-cp312-manylinux_2_17_x86_64~ | DIFFERS",
                "WHEEL | Wheel-Version: 2.0~Root-Is-Purelib: false~Tag: cp311-cp311-manylinux_2_17_x86_64~ | BAD_METADATA",
                "WHEEL | Wheel-Version: 1.0~Tag: cp311-cp311-manylinux_2_17_x86_64~ | BAD_METADATA",
                "WHEEL | Wheel-Version: 1.0~Root-Is-Purelib: no~Tag: cp311-cp311-manylinux_2_17_x86_64~ | BAD_METADATA",
                "RECORD | a,b~ | BAD_METADATA",
                "entry_points.txt | [console_scripts]~x~ | BAD_METADATA",
            })
    void metadataSayWhatTheNameSays(String file, String text, Kind expected) throws IOException {
        put(INFO + file, text.replace('~', '\n'));
        assertThat(check()).extracting(Fault::kind).containsExactly(expected);
    }

    @Test
    void metadataAreThere() throws IOException {
        files.remove(INFO + "METADATA");
        assertThat(check()).containsExactly(fault(Kind.MISSING, INFO + "METADATA", ""));
        files.clear();
        put("b-1.0.dist-info/METADATA", "");
        files.put(INFO + "METADATA", new byte[0]);
        assertThat(check()).contains(fault(Kind.MISSING, "a-1.0.dist-info", "a-1.0.dist-info, b-1.0.dist-info"));
    }

    @ParameterizedTest
    @CsvSource({
        "A.b-1.0, A_b-1.0.0, ''",
        "a-1.0, b-1.0, a-1.0.dist-info",
        "a-1.0, a-1.1, a-1.0.dist-info",
        "a-1.0, a, a-1.0.dist-info"
    })
    void theDirectoryOfMetadataIsTheWheels(String name, String stem, String missing) throws IOException {
        String info = stem + ".dist-info/";
        files.clear();
        put(info + "METADATA", "Metadata-Version: 2.4\nName: " + name.split("-")[0] + "\nVersion: 1.0\n");
        put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        List<RecordFile.Row> rows = new ArrayList<>();
        files.forEach((path, bytes) -> rows.add(RecordFile.Row.of(path, bytes)));
        put(info + "RECORD", new RecordFile(rows).write());
        Path wheel = root.resolve(name + "-py3-none-any.whl");
        assertThat(check(wheel.getFileName().toString(), zip()))
                .containsExactlyElementsOf(
                        missing.isEmpty() ? List.of() : List.of(fault(Kind.MISSING, missing, stem + ".dist-info")));
    }

    @Test
    void tagsPromiseWhatTheLibrariesHold() throws IOException {
        library("a/a.cpython-311-x86_64-linux-gnu.so", "2.34", "PyInit_a");
        assertThat(check())
                .containsExactly(fault(
                        Kind.BEYOND_TAG,
                        "a/a.cpython-311-x86_64-linux-gnu.so",
                        "manylinux_2_17_x86_64: it needs f@GLIBC_2.34 in libc.so.6"));
    }

    @ParameterizedTest
    @CsvSource({
        "cp311-cp311-any, NATIVE_IN_PURE",
        "cp311-cp311-linux_aarch64, BEYOND_TAG",
        "cp311-cp311-win_amd64, BEYOND_TAG",
        "cp311-cp311-macosx_11_0_arm64, BEYOND_TAG",
        "cp311-cp311-manylinux_2_17_aarch64, BEYOND_TAG",
        "cp312-cp312-linux_x86_64, OTHER_PYTHON",
        "cp39-abi3-linux_x86_64, OTHER_PYTHON",
        "cp311-cp311-manylinux_x, BAD_NAME",
        "cp311-cp311-linux_x86_64, ''",
    })
    void tagsAreThoseOfTheLibraries(String other, String expected) throws IOException {
        retag(other);
        assertThat(check())
                .extracting(fault -> fault.kind().name())
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected));
    }

    /** There is no older system for Apple's processors, and no tag with a minor version from macOS 11 on. */
    @ParameterizedTest
    @CsvSource({
        "macosx_10_9_universal2, 10, 9, 11, 0, ''",
        "macosx_10_9_universal2, 10, 13, 11, 0, BEYOND_TAG",
        "macosx_10_9_universal2, 10, 9, 12, 0, BEYOND_TAG",
        "macosx_11_0_universal2, 11, 3, 11, 3, ''",
        "macosx_11_0_arm64, 10, 9, 12, 0, BEYOND_TAG",
        "macosx_10_9_x86_64, 10, 9, 12, 0, ''",
    })
    void eachSliceHasItsOldestSystem(
            String platform, int intel, int intelMinor, int apple, int appleMinor, String expected) throws IOException {
        String module = "a/a.cpython-311-darwin.so";
        retag("cp311-cp311-" + platform, "a/a.cpython-311-x86_64-linux-gnu.so");
        Path file = BinaryImages.macosUniversal(
                root.resolve("lib"), intel << 16 | intelMinor << 8, apple << 16 | appleMinor << 8, "PyInit_a");
        files.put(module, Files.readAllBytes(file));
        assertThat(check())
                .extracting(fault -> fault.kind().name())
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void aStackIsNoPlaceForCode() throws IOException {
        String module = "a/a.cpython-311-x86_64-linux-gnu.so";
        files.put(module, Files.readAllBytes(BinaryImages.linuxRunningItsStack(root.resolve("lib"), "PyInit_a")));
        assertThat(check()).containsExactly(fault(Kind.EXECUTABLE_STACK, module, ""));
        retag("cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64", INFO + "RECORD");
        put(
                INFO + "WHEEL",
                "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-manylinux_2_17_x86_64\n"
                        + "Tag: cp311-cp311-manylinux2014_x86_64\n");
        assertThat(check()).containsExactly(fault(Kind.EXECUTABLE_STACK, module, ""));
    }

    @Test
    void whatIsCompiledIsNotInstalledAsPurePython() throws IOException {
        put(INFO + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: " + tag + "\n");
        assertThat(check())
                .containsExactly(
                        fault(Kind.NATIVE_IN_PURELIB, "a/a.cpython-311-x86_64-linux-gnu.so", "Root-Is-Purelib: true"));
        files.remove(INFO + "WHEEL");
        files.remove(INFO + "RECORD");
        library("a-1.0.data/purelib/x.so", "2.14");
        library("a-1.0.data/platlib/y.so", "2.14");
        assertThat(check())
                .containsExactly(fault(Kind.NATIVE_IN_PURELIB, "a-1.0.data/purelib/x.so", "it is in purelib"));
    }

    @Test
    void aLibraryOfAnotherSystemIsTold() throws IOException {
        files.put("a/b.dll", Files.readAllBytes(BinaryImages.windows(root.resolve("lib"), "f")));
        assertThat(check())
                .containsExactly(fault(Kind.BEYOND_TAG, "a/b.dll", tag.split("-")[2] + ": it is for another system"));
    }

    /** A debugger brings along what it puts into programs of the older machine. */
    @Test
    void whatWindowsRunsMayBeInside() throws IOException {
        retag("cp311-cp311-win_amd64", "a/a.cpython-311-x86_64-linux-gnu.so");
        byte[] old = Files.readAllBytes(BinaryImages.windows32(root.resolve("lib"), "PyInit_b"));
        files.put("a/helper.exe", old);
        assertThat(check()).extracting(Fault::kind).containsExactly(Kind.BEYOND_TAG);
        files.remove(INFO + "RECORD");
        files.put("a/a.cp311-win_amd64.pyd", Files.readAllBytes(BinaryImages.windows(root.resolve("lib"), "PyInit_a")));
        assertThat(check()).isEmpty();
        files.remove(INFO + "RECORD");
        files.put("a/b.cp311-win_amd64.pyd", old);
        assertThat(check())
                .containsExactly(fault(Kind.BEYOND_TAG, "a/b.cp311-win_amd64.pyd", "win_amd64: it is for [i686]"));
    }

    @Test
    void aTextBesideALibraryIsNone() throws IOException {
        put("a/a.so.dSYM/a.so.yml", "---\n");
        assertThat(check()).isEmpty();
    }

    @Test
    void theStableAbiIsKeptTo() throws IOException {
        retag("cp38-abi3-manylinux_2_17_x86_64", "a/a.cpython-311-x86_64-linux-gnu.so");
        Path file = BinaryImages.linuxImporting(root.resolve("lib"), "PyObject_Vectorcall", "PyInit_a");
        files.put("a/a.abi3.so", Files.readAllBytes(file));
        assertThat(check()).containsExactly(fault(Kind.BEYOND_STABLE_ABI, "a/a.abi3.so", "PyObject_Vectorcall (3.12)"));
    }

    @Test
    void whatIsNotSignedIsLoadedByNoAppleProcessor() throws IOException {
        retag("cp311-cp311-macosx_11_0_arm64", "a/a.cpython-311-x86_64-linux-gnu.so");
        String module = "a/a.cpython-311-darwin.so";
        files.put(module, Files.readAllBytes(BinaryImages.macos(root.resolve("lib"), "PyInit_a")));
        assertThat(check())
                .containsExactly(fault(
                        Kind.BEYOND_TAG,
                        module,
                        "macosx_11_0_arm64: a signature, without which Apple's processors load nothing"));
    }

    @Test
    void modulesCanBeImported() throws IOException {
        library("a/a.cpython-311-x86_64-linux-gnu.so", "2.14", "PyInit_b");
        assertThat(check()).containsExactly(fault(Kind.NO_MODULE, "a/a.cpython-311-x86_64-linux-gnu.so", "PyInit_a"));
        files.remove(INFO + "RECORD");
        put("a/a.cpython-311-x86_64-linux-gnu.so", "GROUP ( libx.so )");
        assertThat(check()).extracting(Fault::kind).containsExactly(Kind.BAD_LIBRARY);
    }

    @Test
    void aModuleIsNotLinkedWithPython() throws IOException {
        String path = "a/a.cpython-311-x86_64-linux-gnu.so";
        files.put(
                path,
                Files.readAllBytes(
                        BinaryImages.linux(root.resolve("lib"), "libc.so.6 libpython3.11.so.1.0", "2.14", "PyInit_a")));
        retag("cp311-cp311-linux_x86_64");
        assertThat(check()).containsExactly(fault(Kind.LINKS_PYTHON, path, "libpython3.11.so.1.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "8,  PyLong_AsLong, ''",
        "8,  PyObject_Vectorcall, PyObject_Vectorcall (3.12)",
        "12, PyObject_Vectorcall, ''",
        "12, PyUnicode_New, PyUnicode_New",
        "14, PyUnicode_New, ''",
        "9,  memcpy, ''",
        "8,  _Py_NoneStruct, ''",
    })
    void theStableAbiIsATable(int minor, String symbol, String expected) throws IOException {
        assertThat(StableAbi.read().beyond(List.of(symbol), minor))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/.env",
                "a/.ENV.production",
                "id_rsa",
                "a/.git/config",
                "a/x.p12",
                ".ssh/known",
                "a/settings-security.xml"
            })
    void secretsAreKnownByTheirNames(String path) throws IOException {
        put(path, "");
        assertThat(check()).containsExactly(fault(Kind.SECRET, path, "by its name"));
    }

    @Test
    void privateKeysAreKnownByWhatTheyAre() throws IOException {
        put("a/data.txt", "x\n" + KEY);
        put("a/ssl.py", "begins_with = '-----BEGIN PRIVATE KEY-----'\n");
        put("a/env.py", "");
        put("a/.env.example", "");
        put("a/tests/server.key", KEY);
        put("tests/server.p12", "");
        put("a/certificates.pem", "-----BEGIN CERTIFICATE-----\n" + "A".repeat(64));
        assertThat(check()).containsExactly(fault(Kind.SECRET, "a/data.txt", "a private key"));
    }

    /** To look for each key's end to the end of its file took as long as the file is large, for each of its keys. */
    @Test
    @Timeout(60)
    void keysThatOnlyBeginAreNone() throws IOException {
        for (int i = 0; i < 50; i++) {
            put("a/" + i + ".txt", "-----BEGIN ".repeat(95_000));
        }
        assertThat(check()).isEmpty();
    }

    @Test
    void metadataFitIntoMemory() throws IOException {
        files.put(INFO + "METADATA", "\n".repeat(40 << 20).getBytes(StandardCharsets.UTF_8));
        files.put(INFO + "sboms/a.json", new byte[1 << 20]);
        assertThat(check())
                .containsExactly(
                        fault(Kind.BAD_METADATA, INFO + "METADATA", "too large to be read"),
                        fault(Kind.MISSING, INFO + "METADATA", ""));
    }

    /** The header of the second entry is among the bytes of the first. */
    @Test
    void noEntryIsInAnother() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("a", "b")) {
                ZipEntry entry = new ZipEntry(name);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(1);
                entry.setCrc(0xe8b7be43L);
                zip.putNextEntry(entry);
                zip.write('a');
            }
        }
        ByteBuffer zip = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < zip.limit() - 4; at++) {
            // The sizes of the first entry, in its place and in the directory.
            if (at == 0 || zip.getInt(at) == 0x02014b50 && zip.getInt(at + 42) == 0) {
                zip.putInt(at + (at == 0 ? 18 : 20), 32).putInt(at + (at == 0 ? 22 : 24), 32);
            }
        }
        assertThat(check("a-1.0-" + tag + ".whl", zip.array()))
                .containsExactly(fault(Kind.BAD_ZIP, "b", "the entry shares bytes with another"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "C:/x", "a\\x", "a//x", "./x", "a/\u0007"})
    void noEntryLeadsOut(String path) throws IOException {
        byte[] good = zipped();
        files.put(path, new byte[0]);
        assertThat(check()).contains(fault(Kind.UNSAFE_PATH, path, ""));
        assertThat(good).isNotEmpty();
    }

    @Test
    void namesDifferByMoreThanCase() throws IOException {
        put("a/X.py", "");
        put("a/x.py", "");
        assertThat(check()).contains(fault(Kind.DUPLICATE, "a/x.py", ""));
    }

    @Test
    void bombsAreNotUnpacked() throws IOException {
        files.put("a/zeros", new byte[80 << 20]);
        assertThat(check())
                .containsExactly(fault(
                        Kind.BOMB,
                        ""
                                + files.values().stream()
                                        .mapToLong(bytes -> bytes.length)
                                        .sum(),
                        ""));
    }

    @Test
    void whatReadersWouldReadDifferentlyIsNoWheel() throws IOException {
        byte[] good = zipped();
        String name = "a-1.0-" + tag + ".whl";
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] prefixed = new byte[good.length + 4];
        System.arraycopy(good, 0, prefixed, 4, good.length);
        byte[] renamed = good.clone();
        renamed[30] = 'b';
        for (byte[] bad : List.of(longer, prefixed, renamed, new byte[0], "PK".getBytes(StandardCharsets.UTF_8))) {
            assertThat(check(name, bad)).extracting(Fault::kind).containsExactly(Kind.BAD_ZIP);
        }
        assertThat(check("a.whl", good)).extracting(Fault::kind).containsExactly(Kind.BAD_NAME);
    }

    /** As an archiver writes it that doesn't know before how much will come. */
    @Test
    void largeNumbersAreRead() throws IOException {
        byte[] large = large(zipped());
        String name = "a-1.0-" + tag + ".whl";
        assertThat(check(name, large)).isEmpty();
        int tail = large.length - 22 - 20 - 56;
        for (int at : new int[] {4, 16, 24, 40, 48, 56 + 8}) {
            byte[] bad = large.clone();
            bad[tail + at]++;
            assertThat(check(name, bad))
                    .as("byte " + at)
                    .extracting(Fault::kind)
                    .containsExactly(Kind.BAD_ZIP);
        }
        byte[] cut = Arrays.copyOfRange(large, 0, tail);
        assertThat(check(name, cut)).extracting(Fault::kind).containsExactly(Kind.BAD_ZIP);
    }

    /** With all numbers of the end, and the size and place of the first entry, in 64 bits. */
    private static byte[] large(byte[] zip) {
        ByteBuffer from = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - 22;
        int directory = from.getInt(end + 16);
        int name = from.getShort(directory + 28);
        ByteBuffer to = ByteBuffer.allocate(zip.length + 28 + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        to.put(zip, 0, directory + 46 + name);
        to.putInt(directory + 20, -1).putInt(directory + 24, -1).putInt(directory + 42, -1);
        to.putShort(directory + 30, (short) 28).putShort((short) 1).putShort((short) 24);
        to.putLong(from.getInt(directory + 24))
                .putLong(from.getInt(directory + 20))
                .putLong(0);
        to.put(zip, directory + 46 + name, end - directory - 46 - name);
        int record = to.position();
        long count = from.getShort(end + 10);
        to.putInt(0x06064b50).putLong(44).putInt(0).putInt(0).putInt(0);
        to.putLong(count).putLong(count).putLong(record - directory).putLong(directory);
        to.putInt(0x07064b50).putInt(0).putLong(record).putInt(1);
        to.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
        return to.array();
    }

    @Test
    void noEntryHasMoreBytesThanItCanHave() throws IOException {
        byte[] zip = zipped();
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(bytes.getInt(zip.length - 6) + 24, 1 << 30);
        assertThat(check("a-1.0-" + tag + ".whl", zip))
                .containsExactly(
                        fault(Kind.BAD_ZIP, "a/__init__.py", "the entry can't have the 1073741824 bytes that it says"));
    }

    /** The same damage at each run; every outcome but an unforeseen exception is right. */
    @Test
    void damagedFilesAreFaultyOrRight() throws IOException {
        byte[] good = zipped();
        Random random = new Random(1);
        int faulty = 0;
        for (int round = 0; round < 300; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            faulty += check("a-1.0-" + tag + ".whl", bad).isEmpty() ? 0 : 1;
        }
        assertThat(faulty).isBetween(150, 300);
    }
}

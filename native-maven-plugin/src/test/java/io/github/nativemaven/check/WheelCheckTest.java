package io.github.nativemaven.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.binary.BinaryImages;
import io.github.nativemaven.check.Fault.Kind;
import io.github.nativemaven.wheel.RecordFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
                "WHEEL | Wheel-Version: 1.0~Tag: cp312-cp312-manylinux_2_17_x86_64~ | DIFFERS",
                "WHEEL | Wheel-Version: 2.0~Tag: cp311-cp311-manylinux_2_17_x86_64~ | BAD_METADATA",
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

    @Test
    void tagsPromiseWhatTheLibrariesHold() throws IOException {
        library("a/a.cpython-311-x86_64-linux-gnu.so", "2.34", "PyInit_a");
        assertThat(check())
                .containsExactly(fault(
                        Kind.BEYOND_TAG,
                        "a/a.cpython-311-x86_64-linux-gnu.so",
                        "manylinux_2_17_x86_64: @GLIBC_2.34 in libc.so.6".replace(": @", ": f@")));
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

    @ParameterizedTest
    @CsvSource({
        "macosx_11_0_arm64, 11, true, ''",
        "macosx_11_0_arm64, 11, false, 'a signature, without which ARM loads nothing'",
        "macosx_11_0_arm64, 12, true, it needs macOS 12.0",
        "macosx_10_12_universal2, 11, true, ''",
        "macosx_10_12_universal2, 12, true, it needs macOS 12.0",
        "macosx_10_12_universal2, 11, false, 'a signature, without which ARM loads nothing'",
        "macosx_10_9_universal2, 11, true, it needs macOS 10.12",
    })
    void eachMachinesPartOfALibraryIsLookedAt(String platform, int oldestOnArm, boolean signed, String expected)
            throws IOException {
        retag("cp311-cp311-" + platform, "a/a.cpython-311-x86_64-linux-gnu.so");
        boolean universal = platform.endsWith("universal2");
        Path library = BinaryImages.macos(root.resolve("lib"), universal, oldestOnArm, signed);
        files.put("a/a.cpython-311-darwin.so", Files.readAllBytes(library));
        assertThat(check())
                .extracting(Fault::detail)
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(platform + ": " + expected));
    }

    @Test
    void modulesCanBeImported() throws IOException {
        library("a/a.cpython-311-x86_64-linux-gnu.so", "2.14", "PyInit_b");
        assertThat(check()).containsExactly(fault(Kind.NO_MODULE, "a/a.cpython-311-x86_64-linux-gnu.so", "PyInit_a"));
        files.remove(INFO + "RECORD");
        put("a/a.cpython-311-x86_64-linux-gnu.so", "GROUP ( libx.so )");
        assertThat(check()).extracting(Fault::kind).containsExactly(Kind.BAD_LIBRARY);
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
        put("a/certificates.pem", "-----BEGIN CERTIFICATE-----\n" + "A".repeat(64));
        assertThat(check()).containsExactly(fault(Kind.SECRET, "a/data.txt", "a private key"));
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

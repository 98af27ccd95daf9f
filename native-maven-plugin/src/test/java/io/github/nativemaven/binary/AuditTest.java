package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.PlatformTag;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "GLIBC_2.2.5, manylinux_2_5_x86_64.manylinux1_x86_64",
        "GLIBC_2.14, manylinux_2_17_x86_64.manylinux2014_x86_64",
        "GLIBC_2.17, manylinux_2_17_x86_64.manylinux2014_x86_64",
        "GLIBC_2.18, manylinux_2_24_x86_64",
        "GLIBC_2.34, manylinux_2_34_x86_64",
        "GLIBC_ABI_DT_RELR, manylinux_2_36_x86_64",
        "GLIBC_2.99, linux_x86_64",
        "GLIBC_PRIVATE, linux_x86_64"
    })
    void theNewestSymbolDecides(String version, String tag) throws IOException {
        ElfFile file = x86().imports("libc.so.6", "malloc@GLIBC_2.2.5")
                .imports("libc.so.6", "f@" + version)
                .read(path("x.so"));

        AuditResult result = audit(file);

        assertThat(result.wheelTag()).isEqualTo(tag);
        assertThat(result.best().map(Policy::wheelTag).orElse("linux_x86_64")).isEqualTo(tag);
        assertThat(result.bestIfRepaired()).isEqualTo(result.best());
        assertThat(result.externalLibraries()).isEmpty();
        assertThat(result.linksLibpython()).isFalse();
    }

    @Test
    void saysWhyTheNextLowerPolicyDoesNotHold() throws IOException {
        ElfFile file = x86().imports("libc.so.6", "memcpy@GLIBC_2.14")
                .imports("libc.so.6", "malloc@GLIBC_2.2.5")
                .imports("libc.so.6", "dlsym@GLIBC_2.34")
                .read(path("x.so"));

        AuditResult result = audit(file);

        assertThat(result.best()).map(Policy::toString).contains("manylinux_2_34_x86_64");
        PlatformTag lower = PlatformTag.parse("manylinux_2_31_x86_64");
        Finding.TooNew expected = new Finding.TooNew(
                path("x.so"), lower, "libc.so.6", "GLIBC_2.34", Optional.of("dlsym"), Optional.of("GLIBC_2.31"));
        assertThat(result.obstacles()).containsExactly(expected);
        assertThat(expected.symbolAndVersion()).isEqualTo("dlsym@GLIBC_2.34");
    }

    @Test
    void theMostCompatiblePolicyHasNoObstacle() throws IOException {
        assertThat(audit(x86().read(path("x.so"))).obstacles()).isEmpty();
    }

    @Test
    void namesTheLibrariesThatNoSystemHas() throws IOException {
        ElfFile file = x86().needed("libssl.so.3", "libfoo.so", "libssl.so.3")
                .imports("libc.so.6", "memcpy@GLIBC_2.14")
                .imports("libssl.so.3", "SSL_new@OPENSSL_3.0.0")
                .read(path("x.so"));

        AuditResult result = audit(file);

        assertThat(result.best()).isEmpty();
        assertThat(result.wheelTag()).isEqualTo("linux_x86_64");
        assertThat(result.externalLibraries()).containsExactly("libssl.so.3", "libfoo.so");
        assertThat(result.obstacles())
                .containsExactly(
                        new Finding.NotListed(path("x.so"), newest(), "libssl.so.3"),
                        new Finding.NotListed(path("x.so"), newest(), "libfoo.so"));
        assertThat(result.bestIfRepaired()).map(Policy::toString).contains("manylinux_2_17_x86_64");
    }

    @Test
    void aListedLibraryIsNotExternalThoughAnOlderPolicyLacksIt() throws IOException {
        AuditResult result = audit(x86().needed("libexpat.so.1").read(path("x.so")));

        assertThat(result.best()).map(Policy::toString).contains("manylinux_2_12_x86_64");
        assertThat(result.externalLibraries()).isEmpty();
        assertThat(result.obstacles())
                .containsExactly(new Finding.NotListed(
                        path("x.so"), PlatformTag.parse("manylinux_2_5_x86_64"), "libexpat.so.1"));
        assertThat(result.bestIfRepaired()).isEqualTo(result.best());
    }

    @Test
    void librariesOfOneWheelFindEachOther() throws IOException {
        ElfFile extension = x86().needed("libssl-1a2b3c4d.so.3", "libnoname.so")
                .imports("libssl-1a2b3c4d.so.3", "SSL_new@GLIBC_2.99")
                .read(path("x.so"));
        ElfFile ssl = x86().soname("libssl-1a2b3c4d.so.3")
                .imports("libc.so.6", "stat@GLIBC_2.33")
                .read(path("libssl.so"));
        ElfFile nameless = x86().read(path("libnoname.so"));

        AuditResult result = audit(extension, ssl, nameless);

        assertThat(result.best()).map(Policy::toString).contains("manylinux_2_34_x86_64");
        assertThat(result.externalLibraries()).isEmpty();
        assertThat(result.obstacles()).extracting(Finding::file).containsExactly(path("libssl.so"));
    }

    @Test
    void whatTheLoaderMayMissIsNoObstacle() throws IOException {
        ElfFile file = x86().imports("libc.so.6", "malloc@GLIBC_2.2.5")
                .importsWeak("libc.so.6", "statx@GLIBC_2.28")
                .importsWeak("libc.so.6", "__cxa_thread_atexit_impl")
                .read(path("x.so"));

        assertThat(audit(file).best()).map(Policy::toString).contains("manylinux_2_5_x86_64");
    }

    @ParameterizedTest
    @CsvSource({
        "libz.so.1, uncompress2, manylinux_2_34_x86_64",
        "libz.so.1, crc32_combine_gen, manylinux_2_37_x86_64",
        "libz.so.1, _dist_code, linux_x86_64",
        "libz.so.1, inflate, manylinux_2_5_x86_64.manylinux1_x86_64",
        "libc.so.6, __cxa_thread_atexit_impl, manylinux_2_24_x86_64",
        "libm.so.6, uncompress2, manylinux_2_5_x86_64.manylinux1_x86_64"
    })
    void forbiddenSymbolsDecide(String library, String symbol, String tag) throws IOException {
        AuditResult result =
                audit(x86().needed(library).imports(library, symbol).read(path("x.so")));

        assertThat(result.wheelTag()).isEqualTo(tag);
        if (!tag.contains("2_5")) {
            assertThat(result.obstacles()).singleElement().isInstanceOfSatisfying(Finding.Forbidden.class, finding -> {
                assertThat(finding.library()).isEqualTo(library);
                assertThat(finding.symbol()).isEqualTo(symbol);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"libpython3.11.so.1.0", "libpython3.so", "libpython3.13t.so.1.0", "libpypy3.11-c.so"})
    void libpythonIsTold(String library) throws IOException {
        AuditResult result = audit(x86().needed(library).read(path("x.so")));

        assertThat(result.libpython()).contains(library);
        assertThat(result.linksLibpython()).isTrue();
        assertThat(result.externalLibraries()).isEmpty();
        assertThat(result.best()).map(Policy::toString).contains("manylinux_2_5_x86_64");
    }

    @ParameterizedTest
    @CsvSource({"libc.so", "libc.musl-x86_64.so.1"})
    void muslIsOneLibrary(String libc) throws IOException {
        ElfFile file = ElfImage.x86().needed(libc).imports(libc, "memcpy").read(path("x.so"));

        AuditResult result = Audit.of(List.of(file), Architecture.X86_64, CLibrary.MUSL);

        assertThat(result.wheelTag()).isEqualTo("musllinux_1_2_x86_64");
        assertThat(result.obstacles()).isEmpty();
        assertThat(Audit.check(List.of(file), policy("musllinux_1_1_x86_64"))).isEmpty();
    }

    @Test
    void oneCLibrarysLibraryIsNotTheOthers() throws IOException {
        ElfFile musl = ElfImage.x86().needed("libc.so").read(path("musl.so"));
        ElfFile gnu = x86().read(path("gnu.so"));

        assertThat(audit(musl).externalLibraries()).containsExactly("libc.so");
        assertThat(Audit.of(List.of(gnu), Architecture.X86_64, CLibrary.MUSL).externalLibraries())
                .containsExactly("libc.so.6");
    }

    @Test
    void anotherMachinesLibraryIsForNoPolicy() throws IOException {
        AuditResult result = Audit.of(List.of(x86().read(path("x.so"))), Architecture.AARCH64, CLibrary.GNU);

        assertThat(result.wheelTag()).isEqualTo("linux_aarch64");
        assertThat(result.obstacles())
                .containsExactly(new Finding.OtherMachine(
                        path("x.so"), PlatformTag.parse("manylinux_2_41_aarch64"), Optional.of(Architecture.X86_64)));
        assertThat(result.bestIfRepaired()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x05000400, manylinux_2_17_armv7l.manylinux2014_armv7l", "0x05000200, linux_armv7l"})
    void armNeedsHardFloat(String flags, String tag) throws IOException {
        ElfFile file = new ElfImage(false, ByteOrder.LITTLE_ENDIAN, ElfImage.ARM)
                .flags(Long.decode(flags))
                .needed("libc.so.6")
                .read(path("x.so"));

        assertThat(Audit.of(List.of(file), Architecture.ARMV7L, CLibrary.GNU).wheelTag())
                .isEqualTo(tag);
    }

    /** The levels are bits; the first is what every machine has. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "3, 2", "4, 3", "7, 3", "8, 4", "15, 4", "16, 1"})
    void newerInstructionsAreForNoPolicy(int bits, int level) throws IOException {
        ElfFile file = x86().x86Needs(bits).read(path("x.so"));

        assertThat(file.x86Level()).isEqualTo(level);
        if (level == 1) {
            assertThat(audit(file).obstacles()).isEmpty();
        } else {
            assertThat(audit(file).best()).isEmpty();
            assertThat(audit(file).obstacles())
                    .containsExactly(new Finding.NewerProcessor(path("x.so"), newest(), level));
        }
    }

    @Test
    void notesOf32BitFilesAreRead() throws IOException {
        ElfImage image = new ElfImage(false, ByteOrder.LITTLE_ENDIAN, ElfImage.I386);
        assertThat(image.x86Needs(2).read(path("x.so")).x86Level()).isEqualTo(2);
    }

    /** The loader goes on with such files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "04000000",
                "04000000ffffffff05000000474e5500",
                "ffffffff1000000005000000474e5500",
                "040000001000000005000000474e5500028000c0ffffffff02000000",
                "000000000000000000000000"
            })
    void whatIsNoNoteSaysNothing(String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(x86().segment(0x6474e553, 4, bytes).read(path("x.so")).x86Level())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Wl,-z,x86-64-v3 | 3 | false",
                "-Wl,-z,execstack | 1 | true",
                "-Wl,-z,noexecstack | 1 | false",
            })
    void linkersSayTheSame(String options, int level, boolean stack) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86-64 has levels");
        ElfFile file =
                (ElfFile) BinaryFile.read(Tools.compile(directory, "int f(void) { return 1; }", "-shared " + options));

        assertThat(file.x86Level()).isEqualTo(level);
        assertThat(file.wantsExecutableStack()).isEqualTo(stack);
    }

    @Test
    void aMachineWithoutPoliciesHasOnlyTheSystemsTag() throws IOException {
        ElfFile file = new ElfImage(false, ByteOrder.LITTLE_ENDIAN, ElfImage.ARM).read(path("x.so"));

        AuditResult result = Audit.of(List.of(file), Architecture.ARMV6L, CLibrary.GNU);

        assertThat(result.wheelTag()).isEqualTo("linux_armv6l");
        assertThat(result.obstacles()).isEmpty();
    }

    @Test
    void aWishedPolicyHoldsOrHasFindings() throws IOException {
        ElfFile file = x86().imports("libc.so.6", "memcpy@GLIBC_2.14").read(path("x.so"));

        assertThat(Audit.check(List.of(file), policy("manylinux2014_x86_64"))).isEmpty();
        assertThat(Audit.check(List.of(file), policy("manylinux_2_30_x86_64"))).isEmpty();
        assertThat(Audit.check(List.of(file), policy("manylinux1_x86_64")))
                .containsExactly(new Finding.TooNew(
                        path("x.so"),
                        PlatformTag.parse("manylinux_2_5_x86_64"),
                        "libc.so.6",
                        "GLIBC_2.14",
                        Optional.of("memcpy"),
                        Optional.of("GLIBC_2.5")));
    }

    private static ElfImage x86() {
        return ElfImage.x86().gnuHash().needed("libc.so.6");
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private static AuditResult audit(ElfFile... files) {
        return Audit.of(List.of(files), Architecture.X86_64, CLibrary.GNU);
    }

    private static PlatformTag newest() {
        return PlatformTag.parse("manylinux_2_41_x86_64");
    }

    private static Policy policy(String tag) {
        return Policy.of(PlatformTag.parse(tag)).orElseThrow();
    }
}

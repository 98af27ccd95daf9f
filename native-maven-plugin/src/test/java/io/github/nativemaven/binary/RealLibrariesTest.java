package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nativemaven.platform.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries for macOS and Windows that a test dependency happens to bring: made by Apple's and Microsoft's linkers. */
class RealLibrariesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "jazzer_driver_macos_aarch64/libjazzer_driver.dylib, MACH_O, AARCH64, /usr/lib/libSystem.B.dylib",
        "jazzer_driver_macos_x86_64/libjazzer_driver.dylib, MACH_O, X86_64, /usr/lib/libSystem.B.dylib",
        "jazzer_driver_windows_x86_64/jazzer_driver.dll, PE, X86_64, KERNEL32.dll",
        "jazzer_driver_linux_x86_64/libjazzer_driver.so, ELF, X86_64, libc.so.6"
    })
    void readsThem(String name, BinaryFile.Format format, Architecture architecture, String needs) throws IOException {
        BinaryFile file;
        try (InputStream in = getClass().getResourceAsStream("/com/code_intelligence/jazzer/driver/" + name)) {
            assumeTrue(in != null, "the dependency has no " + name);
            Path copy = directory.resolve("library");
            Files.copy(in, copy);
            file = BinaryFile.read(copy);
        }

        assertThat(file.format()).isEqualTo(format);
        assertThat(file.architectures()).containsExactly(architecture);
        assertThat(file.needed()).contains(needs);
        assertThat(file.exports("Java_com_code_1intelligence_jazzer_"))
                .isNotEmpty()
                .allMatch(e -> e.startsWith("Java_com_"));
        assertThat(file.imports()).isNotEmpty();
        if (file instanceof MachOFile macho) {
            assertThat(macho.minimumOs()).isPresent();
        }
    }
}

package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    '' | the file is empty
                    ab | too short for a library
                    /* GNU ld script\\n*/\\nGROUP ( libc.so.6 ) | a text file (a linker script, perhaps), not a library; it begins with '/* GNU ld script'
                    \\n\\nINPUT(-lncurses)\\n | a text file (a linker script, perhaps), not a library; it begins with 'INPUT(-lncurses)'
                    !<arch>\\n/ | a static library (ar archive), not a shared one
                    \\0asm\\1\\0\\0\\0 | a WebAssembly module, not ELF, Mach-O or PE
                    \\1\\2\\3\\4 | neither ELF, Mach-O nor PE
                    """)
    void saysWhatAFileIsThatIsNoLibrary(String start, String reason) {
        byte[] bytes = start.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Images.read(bytes))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessage("image: " + reason.replace("''", "'") + " (at byte 0)");
    }

    @ParameterizedTest
    @CsvSource({"52", "61", "65"})
    void aJavaClassIsNoUniversalFile(int version) {
        byte[] bytes = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) version, 0, 0};

        assertThatThrownBy(() -> Images.read(bytes))
                .isInstanceOf(MalformedBinaryException.class)
                .hasMessageContaining("Java class file");
    }
}

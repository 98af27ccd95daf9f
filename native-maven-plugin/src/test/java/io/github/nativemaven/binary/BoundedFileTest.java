package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"0, 11", "10, 1", "11, 0", "-1, 1", "0, -1", "9223372036854775807, 1", "1, 9223372036854775807"})
    void aPartIsWhollyWithinTheFile(long offset, long length) throws IOException {
        try (BoundedFile file = file(new byte[10])) {
            assertThatThrownBy(() -> file.block(offset, length, "a table"))
                    .isInstanceOf(MalformedBinaryException.class)
                    .hasMessageContaining("a table of " + Long.toUnsignedString(length) + " bytes at "
                            + Long.toUnsignedString(offset) + " reaches beyond the file's end at 10");
        }
    }

    @Test
    void readsNumbersInBothByteOrders() throws IOException {
        try (BoundedFile file = file(new byte[] {(byte) 0x81, 2, 3, 4, 5, 6, 7, (byte) 0x88})) {
            Block big = file.order(ByteOrder.BIG_ENDIAN).block(0, 8, "all");
            assertThat(big.u16(0)).isEqualTo(0x8102);
            assertThat(big.u32(0)).isEqualTo(0x81020304L);
            assertThat(big.u64(0)).isEqualTo(0x8102030405060788L);
            Block little = file.order(ByteOrder.LITTLE_ENDIAN).block(0, 8, "all");
            assertThat(little.u16(6)).isEqualTo(0x8807);
            assertThat(little.u32(4)).isEqualTo(0x88070605L);
            assertThat(little.u64(0)).isEqualTo(0x8807060504030281L);
        }
    }

    /** More than one read's worth, and texts on both sides of where a window ends. */
    @Test
    void windowsHideWhereTheyEnd() throws IOException {
        byte[] bytes = new byte[3 * 1024 * 1024];
        Arrays.fill(bytes, (byte) 'x');
        int[] ends = {65_530, 65_537, 65_545, 131_072, 1_048_576, 3_145_727};
        for (int end : ends) {
            System.arraycopy("name\0".getBytes(StandardCharsets.US_ASCII), 0, bytes, end - 4, 5);
        }
        try (BoundedFile file = file(bytes)) {
            NameBudget names = new NameBudget(1000);
            file.u32(0, "a number");
            for (int end : ends) {
                assertThat(file.string(end - 4, names, "a name")).isEqualTo("name");
            }
            assertThat(file.block(0, bytes.length, "all").bytes()).isEqualTo(bytes);
            assertThatThrownBy(() -> file.string(200_000, names, "a name"))
                    .isInstanceOf(MalformedBinaryException.class)
                    .hasMessageContaining("a name has no end");
        }
    }

    @Test
    void readingToAndFroEnds() throws IOException {
        try (BoundedFile file = file(new byte[2 * 1024 * 1024])) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            file.u32(i % 2 * 1_500_000, "a number");
                        }
                    })
                    .isInstanceOf(MalformedBinaryException.class)
                    .hasMessageContaining("scattered");
        }
    }

    private BoundedFile file(byte[] bytes) throws IOException {
        return BoundedFile.open(Files.write(directory.resolve("file"), bytes));
    }
}

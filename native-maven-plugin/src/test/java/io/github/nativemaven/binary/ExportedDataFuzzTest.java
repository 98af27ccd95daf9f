package io.github.nativemaven.binary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes give texts that are no longer than they are, or a {@link MalformedBinaryException}. */
class ExportedDataFuzzTest {

    @MethodSource({
        "io.github.nativemaven.binary.BinaryFuzzTest#elfFiles",
        "io.github.nativemaven.binary.BinaryFuzzTest#machOFiles",
        "io.github.nativemaven.binary.BinaryFuzzTest#peFiles"
    })
    @FuzzTest(maxDuration = "10m")
    void texts(byte[] bytes) throws IOException {
        Map<String, String> texts;
        try (BoundedFile file = new BoundedFile(Path.of("image"), new SeekableInMemoryByteChannel(bytes))) {
            texts = ExportedData.read(file, "Py");
        } catch (MalformedBinaryException e) {
            return;
        }
        int all = texts.values().stream().mapToInt(String::length).sum();
        if (all > bytes.length) {
            throw new AssertionError(all + " characters of " + bytes.length + " bytes");
        }
    }
}

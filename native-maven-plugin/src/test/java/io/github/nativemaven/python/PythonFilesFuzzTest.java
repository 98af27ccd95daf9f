package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.platform.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What Pythons say of themselves, whatever it is. */
class PythonFilesFuzzTest {

    /** The exceptions are those that the probe takes for an answer that can't be read. */
    @FuzzTest(maxDuration = "10m")
    void probeAnswer(FuzzedDataProvider data) {
        Optional<String> json = ProbeAnswer.find(data.consumeRemainingAsString());
        try {
            if (json.isPresent()) {
                Interpreter interpreter =
                        ProbeAnswer.parse(json.get()).interpreter(Path.of("python"), Implementation.CPYTHON);
                assertThat(interpreter.fullVersion())
                        .startsWith(interpreter.version().toString());
            }
        } catch (IOException | ClassCastException | IllegalArgumentException e) {
            assertThat(e).isNotNull();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void buildDetails(FuzzedDataProvider data) {
        try {
            CrossLibrary.ofDetails(data.consumeRemainingAsString()).ifPresent(PythonFilesFuzzTest::assertThatItIsOne);
        } catch (IOException | MalformedException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void sysconfig(FuzzedDataProvider data) {
        try {
            CrossLibrary.ofSysconfig(data.consumeRemainingAsString()).ifPresent(PythonFilesFuzzTest::assertThatItIsOne);
        } catch (MalformedException e) {
            assertThat(e.kind()).isNotEmpty();
        }
    }

    private static void assertThatItIsOne(TargetPython python) {
        assertThat(python.extensionSuffix()).isNotEmpty();
        assertThat(PythonVersion.parse(python.version().toString())).isEqualTo(python.version());
    }
}

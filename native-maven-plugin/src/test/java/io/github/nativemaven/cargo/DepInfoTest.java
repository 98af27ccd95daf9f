package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepInfoTest {
    private static final Path HOME = Path.of("/home/me/a crate");

    @Test
    void namesWhatCargoRead() {
        DepInfo info = DepInfo.parse(
                "/home/me/a\\ crate/target/debug/libm.so: /home/me/a\\ crate/src/lib.rs /home/me/other/src/lib.rs src/x.rs\n"
                        + "# env-dep:CARGO\n\n/home/me/none.so:\n",
                HOME);
        assertThat(info.inputs())
                .containsExactlyInAnyOrder(
                        HOME.resolve("src/lib.rs"), Path.of("/home/me/other/src/lib.rs"), HOME.resolve("src/x.rs"));
    }

    @Test
    void aColonOfADriveEndsNothing() {
        DepInfo info = DepInfo.parse("C:\\crate\\m.dll: C:\\crate\\src\\lib.rs", HOME);
        assertThat(info.inputs()).extracting(Path::toString).anyMatch(name -> name.endsWith("C:\\crate\\src\\lib.rs"));
    }

    @Test
    void nothingIsReadWhereThereIsNone(@TempDir Path directory) throws IOException {
        assertThat(DepInfo.of(directory.resolve("libm.so"), directory).inputs()).isEmpty();
    }
}

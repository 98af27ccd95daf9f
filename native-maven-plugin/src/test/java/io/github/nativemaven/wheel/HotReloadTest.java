package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan of file names, which holds on every system: no library takes the name of one that may be loaded. */
class HotReloadTest {
    private static final String MODULE = "pkg._core";

    @ParameterizedTest
    @CsvSource({
        ".cpython-311-x86_64-linux-gnu.so, pkg._core.1795385678812.cpython-311-x86_64-linux-gnu.so",
        ".abi3.so, pkg._core.1795385678812.abi3.so",
        ".cpython-313-darwin.so, pkg._core.1795385678812.cpython-313-darwin.so",
        ".cp311-win_amd64.pyd, pkg._core.1795385678812.cp311-win_amd64.pyd",
        ".pyd, pkg._core.1795385678812.pyd"
    })
    void aLibraryHasANumberInItsName(String suffix, String name) {
        HotReload hot = new HotReload("_pkg_hot", List.of(MODULE), suffix);
        assertThat(hot.library(MODULE, 1795385678812L)).isEqualTo(name);
        assertThat(HotReload.number(MODULE, name)).isEqualTo(OptionalLong.of(1795385678812L));
        assertThat(hot.isLibrary(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pkg._core.abi3.so",
        "pkg._core.7",
        "pkg._core..so",
        "pkg._core.-7.so",
        "pkg._core.99999999999999999999.so",
        "pkg._cores.7.so",
        ".rust-1f.tmp",
        "changes.py"
    })
    void otherFilesHaveNone(String name) {
        assertThat(HotReload.number(MODULE, name)).isEmpty();
    }

    @Test
    void theNextNumberIsLaterThanAnyBefore() {
        HotReload hot = new HotReload("_pkg_hot", List.of(MODULE), ".pyd");
        assertThat(hot.next(MODULE, List.of(), 1000)).isEqualTo("pkg._core.1000.pyd");
        assertThat(hot.next(MODULE, List.of("changes.py", "pkg._core.999.pyd"), 1000))
                .isEqualTo("pkg._core.1000.pyd");
        assertThat(hot.next(MODULE, List.of("pkg._core.1000.pyd"), 1000))
                .as("within a millisecond")
                .isEqualTo("pkg._core.1001.pyd");
        assertThat(hot.next(MODULE, List.of("pkg._core.2000.abi3.so"), 1000))
                .as("the clock was put back, and the ABI is another")
                .isEqualTo("pkg._core.2001.pyd");
    }
}

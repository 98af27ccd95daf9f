package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCacheTest {
    @ParameterizedTest
    @CsvSource({
        "LINUX, X, x, /home/me/.cache/native-maven",
        "LINUX, XDG_CACHE_HOME, /cache, /cache/native-maven",
        "LINUX, XDG_CACHE_HOME, relative, /home/me/.cache/native-maven",
        "LINUX, XDG_CACHE_HOME, '', /home/me/.cache/native-maven",
        "MACOS, XDG_CACHE_HOME, /cache, /home/me/Library/Caches/native-maven",
        "WINDOWS, X, x, /home/me/AppData/Local/native-maven",
        "WINDOWS, LocalAppData, /local, /local/native-maven",
    })
    void liesWhereTheSystemKeepsSuchThings(OperatingSystem os, String variable, String value, String cache) {
        assertThat(UserCache.of(new Host(os, Map.of(variable, value), Path.of("/home/me"))))
                .isEqualTo(Path.of(cache));
    }
}

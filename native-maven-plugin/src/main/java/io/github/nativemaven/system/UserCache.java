package io.github.nativemaven.system;

import io.github.nativemaven.platform.Host;
import java.nio.file.Path;

/** Where the user's machine keeps what can be found out again. */
public final class UserCache {
    private static final String NAME = "native-maven";

    private UserCache() {}

    /** This plugin's directory of the cache. It need not be there, and may not be writable. */
    public static Path of(Host host) {
        return switch (host.os()) {
            case WINDOWS ->
                host.variable("LOCALAPPDATA")
                        .map(Path::of)
                        .orElse(host.home().resolve("AppData").resolve("Local"))
                        .resolve(NAME);
            case MACOS -> host.home().resolve("Library").resolve("Caches").resolve(NAME);
            default ->
                host.variable("XDG_CACHE_HOME")
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .orElse(host.home().resolve(".cache"))
                        .resolve(NAME);
        };
    }
}

package io.github.nativemaven.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Files that come with the plugin. */
public final class Resources {
    private Resources() {}

    /**
     * Copies a resource to a file, unless the file has it already.
     *
     * @param owner a class of the package that the resource is in
     * @param name the resource's name in that package
     */
    public static void copyIfChanged(Class<?> owner, String name, Path file) throws IOException {
        AtomicFiles.writeIfChanged(file, read(owner, name));
    }

    /** The bytes of a resource. */
    public static byte[] read(Class<?> owner, String name) throws IOException {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the plugin's jar lacks " + name);
            }
            return in.readAllBytes();
        }
    }
}

package io.github.nativemaven.wheel;

import io.github.nativemaven.system.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The file WHEEL of a dist-info directory. */
final class WheelFile {
    private WheelFile() {}

    /** @param tag the wheel's tag; each that it stands for gets a line */
    static String write(WheelTag tag) throws IOException {
        StringBuilder text =
                new StringBuilder("Wheel-Version: 1.0\nGenerator: " + generator() + "\nRoot-Is-Purelib: false\n");
        tag.expand().forEach(single -> text.append("Tag: ").append(single).append('\n'));
        return text.toString();
    }

    /** The plugin's name and version, with a space between. */
    static String generator() throws IOException {
        return new String(Resources.read(WheelFile.class, "generator.txt"), StandardCharsets.UTF_8).strip();
    }
}

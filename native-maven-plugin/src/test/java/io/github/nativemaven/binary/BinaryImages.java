package io.github.nativemaven.binary;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Libraries that were never compiled, for the tests of others. */
public final class BinaryImages {
    private BinaryImages() {}

    /**
     * A library for Linux on x86_64.
     *
     * @param needed libraries, parted by spaces; may be empty
     * @param glibc what it needs of glibc: {@code 2.17}
     * @param exports names of functions
     */
    public static Path linux(Path file, String needed, String glibc, String... exports) throws IOException {
        ElfImage image = ElfImage.x86().imports("libc.so.6", "f@GLIBC_" + glibc).exports(exports);
        return (needed.isEmpty() ? image : image.needed(needed.split(" "))).write(file);
    }

    /** A library for macOS on Apple's own processors. */
    public static Path macos(Path file, String... exports) throws IOException {
        MachOImage image = MachOImage.arm64();
        for (String name : exports) {
            image.symbol(MachOImage.EXPORTED, "_" + name);
        }
        return Files.write(file, image.bytes());
    }

    /** A library for macOS that exports {@code PyInit_a}, for ARM alone or for Intel and 10.12 as well. */
    public static Path macos(Path file, boolean universal, int oldestOnArm, boolean signed) throws IOException {
        MachOImage arm =
                MachOImage.arm64().symbol(MachOImage.EXPORTED, "_PyInit_a").command(0x32, 1, oldestOnArm << 16, 0, 0);
        byte[] bytes = (signed ? arm.command(0x1d, 0, 0) : arm).bytes();
        byte[] intel = new MachOImage(true, ByteOrder.LITTLE_ENDIAN, MachOImage.X86_64)
                .symbol(MachOImage.EXPORTED, "_PyInit_a")
                .command(0x24, 10 << 16 | 12 << 8, 0)
                .bytes();
        return Files.write(file, universal ? MachOImage.universal(false, intel, bytes) : bytes);
    }

    /** A library for Windows on x86_64. */
    public static Path windows(Path file, String... exports) throws IOException {
        return Files.write(
                file, new PeImage(true, PeImage.AMD64).exports(exports).bytes());
    }
}

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

    /** A library for Linux on x86_64 that wants to run code on the stack. */
    public static Path linuxRunningItsStack(Path file, String... exports) throws IOException {
        return ElfImage.x86()
                .needed("libc.so.6")
                .executableStack()
                .exports(exports)
                .write(file);
    }

    /** A library for Linux on x86_64 that imports a function of nobody in particular. */
    public static Path linuxImporting(Path file, String symbol, String... exports) throws IOException {
        return ElfImage.x86()
                .needed("libc.so.6")
                .imports("libc.so.6", symbol)
                .exports(exports)
                .write(file);
    }

    /**
     * A library for macOS on both its processors, signed for Apple's own.
     *
     * @param intel the oldest macOS that it runs on, as {@code major << 16 | minor << 8}
     * @param apple the same for Apple's own processors
     */
    public static Path macosUniversal(Path file, int intel, int apple, String... exports) throws IOException {
        MachOImage one = new MachOImage(true, ByteOrder.LITTLE_ENDIAN, MachOImage.X86_64).command(0x24, intel, intel);
        MachOImage other = MachOImage.arm64().command(0x32, 1, apple, apple, 0).command(0x1d, 0, 0);
        for (String name : exports) {
            one.symbol(MachOImage.EXPORTED, "_" + name);
            other.symbol(MachOImage.EXPORTED, "_" + name);
        }
        return Files.write(file, MachOImage.universal(false, one.bytes(), other.bytes()));
    }

    /** A library for macOS on Apple's own processors. */
    public static Path macos(Path file, String... exports) throws IOException {
        MachOImage image = MachOImage.arm64();
        for (String name : exports) {
            image.symbol(MachOImage.EXPORTED, "_" + name);
        }
        return Files.write(file, image.bytes());
    }

    /** A library for Windows on 32-bit machines. */
    public static Path windows32(Path file, String... exports) throws IOException {
        return Files.write(
                file, new PeImage(false, PeImage.I386).exports(exports).bytes());
    }

    /** A library for Windows on x86_64. */
    public static Path windows(Path file, String... exports) throws IOException {
        return Files.write(
                file, new PeImage(true, PeImage.AMD64).exports(exports).bytes());
    }
}

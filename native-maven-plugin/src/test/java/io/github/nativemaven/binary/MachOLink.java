package io.github.nativemaven.binary;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Links real libraries for macOS, with LLVM's compiler and linker, which need no SDK. */
public final class MachOLink {
    private MachOLink() {}

    /**
     * A library for 64-bit ARM and macOS 11.
     *
     * @param source LLVM's intermediate language
     * @param options the linker's, and libraries to link with
     */
    public static Path arm64(Path file, String source, String... options) throws Exception {
        return link(file, "arm64", "11.0", source, options);
    }

    /** The same for Intel, and macOS 10.12. */
    public static Path intel(Path file, String source, String... options) throws Exception {
        return link(file, "x86_64", "10.12", source, options);
    }

    /** The same for any machine and version. */
    public static Path link(Path file, String machine, String oldest, String source, String... options)
            throws Exception {
        Files.createDirectories(file.getParent());
        Path text = Files.writeString(file.resolveSibling(file.getFileName() + ".ll"), source);
        Path object = file.resolveSibling(file.getFileName() + ".o");
        run(
                "llc",
                "-mtriple=" + machine + "-apple-macos" + oldest,
                "-relocation-model=pic",
                "-filetype=obj",
                "-o",
                object.toString(),
                text.toString());
        List<String> command = new ArrayList<>(List.of("lld", "-flavor", "darwin", "-arch", machine));
        command.addAll(List.of("-platform_version", "macos", oldest, oldest));
        command.addAll(List.of("-undefined", "dynamic_lookup", "-o", file.toString(), object.toString()));
        if (!List.of(options).contains("-execute")) {
            command.add("-dylib");
        }
        // Room for names that shall become longer.
        if (!List.of(options).contains("-headerpad")) {
            command.addAll(List.of("-headerpad", "0x1000"));
        }
        command.addAll(List.of(options));
        run(command.toArray(String[]::new));
        Files.delete(text);
        Files.delete(object);
        return file;
    }

    private static void run(String... command) throws Exception {
        Tools.Outcome outcome = Tools.run(Map.of(), command);
        if (outcome.status() != 0) {
            fail(String.join(" ", command) + ": " + outcome.output());
        }
    }

    /** Defines a function that returns a number. */
    public static String defines(String name, int value) {
        return "define i32 @" + name + "() {\n  ret i32 " + value + "\n}\n";
    }

    /** Defines a function that returns what another returns. */
    public static String calls(String name, String other) {
        return "declare i32 @" + other + "()\ndefine i32 @" + name + "() {\n  %1 = call i32 @" + other
                + "()\n  ret i32 %1\n}\n";
    }
}

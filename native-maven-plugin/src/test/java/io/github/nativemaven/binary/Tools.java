package io.github.nativemaven.binary;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that a test wants; where one is not there the test is skipped, and says which. */
public final class Tools {
    /** What a compiler says that has not the linker, or not the libraries, for the options. */
    private static final List<String> LACKS = List.of("cannot find", "unrecognized command", "skipping incompatible");

    private Tools() {}

    public record Outcome(int status, String output) {}

    public static Outcome run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return abort("no " + command[0] + " here");
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    public static String output(String... command) throws Exception {
        Outcome outcome = run(Map.of(), command);
        if (outcome.status() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + outcome.output());
        }
        return outcome.output();
    }

    /** Rust brings LLVM's linker along, which it links with itself. */
    private static Path rustLinker() throws Exception {
        String sysroot = output("rustc", "--print", "sysroot").strip();
        String host = output("rustc", "-vV").replaceFirst("(?s).*host: (\\S+).*", "$1");
        return Path.of(sysroot, "lib", "rustlib", host, "bin", "gcc-ld");
    }

    /** Compiles C to a DLL for Windows; where there is no compiler for it, the test is skipped. */
    public static Path mingw(Path dll, String source, String options) throws Exception {
        Path file = Files.writeString(dll.resolveSibling("source.c"), source);
        List<String> command = new ArrayList<>(
                List.of("x86_64-w64-mingw32-gcc", "-shared", "-w", "-o", dll.toString(), file.toString()));
        Stream.of(options.strip().split(" +"))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        output(command.toArray(String[]::new));
        return dll;
    }

    /** Compiles C; where the compiler is not there, or doesn't know the options, the test is skipped. */
    public static Path compile(Path directory, String source, String options) throws Exception {
        Path file = Files.writeString(directory.resolve("source.c"), source);
        Path made = directory.resolve(options.contains("-shared") ? "libmade.so" : "made");
        List<String> command = new ArrayList<>(List.of("cc", "-fPIC", "-w", "-o", made.toString(), file.toString()));
        command.addAll(List.of(options.strip().split(" +")));
        if (options.contains("-fuse-ld=lld")) {
            command.add("-B" + rustLinker());
        }
        Outcome outcome = run(Map.of(), command.toArray(String[]::new));
        if (outcome.status() == 0) {
            return made;
        }
        String said = "cc " + options + ": " + outcome.output();
        return LACKS.stream().anyMatch(outcome.output()::contains) ? abort(said) : fail(said);
    }
}

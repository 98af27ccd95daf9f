package io.github.nativemaven.build;

import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.AtomicFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Small programs that call zig as one C compiler for one target: rustc and build scripts want a program without arguments
 * of its own. They also leave out what other compilers understand and zig doesn't.
 */
final class ZigLaunchers {
    private static final Map<String, String> TOOLS =
            Map.of("cc", "cc", "cxx", "c++", "ar", "ar", "ranlib", "ranlib", "dlltool", "dlltool");
    private static final String MADE = "Made by each build that needs it: zig for ";

    /** zig doesn't look for an import library under the name that GNU's tools give it. */
    private static final String IMPORT_LIBRARY_BY_PATH = "for place do\n"
            + "        place=${place#-L}/${argument#-l}.dll.a\n"
            + "        if [ -f \"$place\" ]; then argument=$place; break; fi\n"
            + "      done\n"
            + "      set -- \"$@\" \"$argument\"";

    private ZigLaunchers() {}

    /** A launcher's file. */
    static Path program(Path directory, String tool, boolean windowsHost) {
        return directory.resolve(windowsHost ? tool + ".cmd" : tool);
    }

    /** Writes the launchers; files that are right already stay as they are. */
    static void write(Linker.ZigCc linker, TargetFamily family, boolean windowsHost) throws IOException {
        for (Map.Entry<String, String> tool : TOOLS.entrySet()) {
            boolean compiler = tool.getKey().startsWith("c");
            String text = windowsHost
                    ? batch(linker, tool.getValue(), compiler)
                    : shell(linker, tool.getValue(), compiler, family);
            write(program(linker.launchers(), tool.getKey(), windowsHost), text);
        }
    }

    /** Nobody must find a launcher that can't be run yet. */
    private static void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (Files.isExecutable(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        AtomicFiles.write(file, aside -> {
            Files.write(aside, bytes);
            File program = aside.toFile();
            if (!program.setExecutable(true)) {
                throw new IOException("can't make " + file + " executable");
            }
        });
    }

    private static String shell(Linker.ZigCc linker, String tool, boolean compiler, TargetFamily family) {
        String program = "'" + linker.zig().program().toString().replace("'", "'\\''") + "'";
        String head = "#!/bin/sh\n# " + MADE + linker.target() + ".\n";
        if (!compiler) {
            return head + "exec " + program + " " + tool + " \"$@\"\n";
        }
        String cases = family.rules.stream()
                .map(rule -> "    " + rule.pattern() + ") " + rule.action() + " ;;\n")
                .collect(Collectors.joining());
        return head + "skip=\nfor argument do\n  shift\n  if [ -n \"$skip\" ]; then skip=; continue; fi\n"
                + "  case $argument in\n" + cases + "    *) set -- \"$@\" \"$argument\" ;;\n  esac\ndone\n"
                + "exec " + program + " " + tool + " -target " + linker.target() + " \"$@\"\n";
    }

    private static String batch(Linker.ZigCc linker, String tool, boolean compiler) {
        String program = "\"" + linker.zig().program().toString().replace("%", "%%") + "\" " + tool;
        String head = "@echo off\r\nrem " + MADE + linker.target() + ".\r\n";
        if (!compiler) {
            return head + program + " %*\r\n";
        }
        return head + "setlocal\r\nset rest=\r\n:next\r\nif \"%~1\"==\"\" goto run\r\nset \"argument=%~1\"\r\n"
                + "if not \"%argument:~0,9%\"==\"--target=\" set rest=%rest% \"%~1\"\r\nshift\r\ngoto next\r\n"
                + ":run\r\n" + program + " -target " + linker.target() + " %rest%\r\n";
    }

    /**
     * What is done about an argument.
     *
     * @param pattern a pattern of the shell's {@code case}
     * @param action a command; nothing leaves the argument out
     */
    private record Rule(String pattern, String action) {}

    /** Systems, and the arguments of rustc and of the crate cc for each that zig doesn't understand. */
    enum TargetFamily {
        LINUX(List.of()),
        MACOS(List.of(
                new Rule("-liconv", ""),
                new Rule("-Wl,-exported_symbols_list", "skip=1"),
                new Rule("-Wl,-exported_symbols_list,*", ""))),
        WINDOWS(List.of(
                new Rule("-lgcc_eh | -l:libgcc_eh.a", "set -- \"$@\" -lunwind"),
                new Rule("-lgcc* | -lmsvcrt | -lmingw* | -lssp* | -l:libpthread.a", ""),
                new Rule("-l*", IMPORT_LIBRARY_BY_PATH),
                new Rule("-Wl,-Bstatic | -Wl,-Bdynamic | -Wl,--disable-auto-image-base | -Wl,--dynamicbase", ""),
                new Rule("*.def", "set -- \"$@\" \"${argument#-Wl,}\""))),
        OTHER(List.of());

        private final List<Rule> rules;

        /** zig has other names for targets than the crate cc, and is told its own. */
        TargetFamily(List<Rule> rules) {
            this.rules = Stream.concat(Stream.of(new Rule("--target=*", "")), rules.stream())
                    .toList();
        }

        static TargetFamily of(OperatingSystem os) {
            return switch (os) {
                case LINUX -> LINUX;
                case MACOS -> MACOS;
                case WINDOWS -> WINDOWS;
                default -> OTHER;
            };
        }
    }
}

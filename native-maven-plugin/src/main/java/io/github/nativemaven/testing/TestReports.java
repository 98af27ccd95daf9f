package io.github.nativemaven.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reports of a run: one file for each suite; those of suites that are no more are removed. */
public final class TestReports {
    private TestReports() {}

    /** Writes all suites into a directory. */
    public static void write(Path directory, List<TestSuite> suites) throws IOException {
        Files.createDirectories(directory);
        Set<String> names = suites.stream().map(suite -> fileName(suite.name())).collect(Collectors.toSet());
        try (Stream<Path> there = Files.list(directory)) {
            for (Path file : there.toList()) {
                String name = file.getFileName().toString();
                boolean ours = name.matches("TEST-(rust|python)\\..*\\.xml");
                if (ours && !names.contains(name)) {
                    Files.delete(file);
                }
            }
        }
        for (TestSuite suite : suites) {
            JUnitReport.write(directory.resolve(fileName(suite.name())), suite);
        }
    }

    private static String fileName(String suite) {
        return "TEST-" + suite + ".xml";
    }
}

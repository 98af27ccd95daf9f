import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plugin's audit of a library, without Maven: each time in a JVM of its own, whose program this is, too. */
final class AuditAlone {
    private static final Pattern READ = Pattern.compile("rchar: (\\d+)");
    private static final int MIB = 1024 * 1024;

    private AuditAlone() {}

    /**
     * Needs the plugin's classes, and says how many milliseconds the first audit of a JVM takes, how many the next one, and
     * how many KiB that reads.
     */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        Path library = Path.of(arguments[1]);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            double first = audit(loader, library);
            long before = bytesRead();
            double next = audit(loader, library);
            System.out.printf(Locale.ROOT, "%.1f %.1f %.1f%n", first, next, (bytesRead() - before) / 1024.0);
        }
    }

    private static double audit(ClassLoader loader, Path library) throws Exception {
        String binary = "io.github.nativemaven.binary.";
        long start = System.nanoTime();
        Class<?> foreign = loader.loadClass(binary + "ForeignLibraries");
        Class<?> architecture = loader.loadClass("io.github.nativemaven.platform.Architecture");
        Class<?> cLibrary = loader.loadClass("io.github.nativemaven.platform.CLibrary");
        Object file = loader.loadClass(binary + "BinaryFile")
                .getMethod("read", Path.class)
                .invoke(null, library);
        Object result = loader.loadClass(binary + "Audit")
                .getMethod("of", List.class, foreign, architecture, cLibrary)
                .invoke(
                        null,
                        List.of(file),
                        foreign.getField("NONE").get(null),
                        architecture.getField("X86_64").get(null),
                        cLibrary.getField("GNU").get(null));
        if (result == null) {
            throw new IllegalStateException("no audit");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static long bytesRead() throws IOException {
        Matcher line = READ.matcher(Files.readString(Path.of("/proc/self/io")));
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    /** Measures, in turn, the audit of what was built in these projects. */
    static void measure(Workbench bench, List<Path> projects) throws IOException, InterruptedException {
        Path jar = Path.of(
                bench.given("localRepository"),
                "io/github/nativemaven/native-maven-plugin",
                bench.given("version"),
                "native-maven-plugin-" + bench.given("version") + ".jar");
        Map<Path, List<double[]>> said = new LinkedHashMap<>();
        for (int i = 0; i < bench.rounds(); i++) {
            for (Path project : projects) {
                List<String> command = List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        AuditAlone.class.getName(),
                        jar.toString(),
                        library(project).toString());
                String[] line =
                        bench.must(bench.directory(), command).lastLine().split(" ");
                said.computeIfAbsent(project, key -> new ArrayList<>())
                        .add(Arrays.stream(line)
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            }
        }
        System.out.printf("%n%-44s %9s %9s %9s %9s%n", "Audit alone", "MiB", "first ms", "next ms", "KiB read");
        for (Path project : projects) {
            String name = project.getFileName().toString();
            double first = column(said.get(project), 0);
            double next = column(said.get(project), 1);
            double read = column(said.get(project), 2);
            bench.results().figure("first audit of " + name, first, "ms");
            bench.results().figure("next audit of " + name, next, "ms");
            bench.results().figure("read by the next audit of " + name, read, "KiB");
            double size = Files.size(library(project)) / (double) MIB;
            System.out.printf(Locale.ROOT, "%-44s %9.1f %9.1f %9.1f %9.1f%n", name, size, first, next, read);
        }
    }

    private static double column(List<double[]> rows, int column) {
        return Row.median(rows.stream().map(row -> row[column]).toList());
    }

    private static Path library(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("target/rust"))) {
            return files.filter(file -> file.endsWith("release/liblarge.so"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

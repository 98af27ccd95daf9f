import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Measures whole processes from their start to their end. Each command finds the machine as the others find it, because
 * they run in turn.
 *
 * <p>Arguments are {@code name=value}, of which {@code parts} lists what is measured. The result is tables, and the same as
 * JSON.
 */
final class Bench {
    private static final Map<String, Part> PARTS = parts();

    private Bench() {}

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("one", new OnePython());
        parts.put("many", new SeveralPythons());
        parts.put("watch", new Watch());
        parts.put("sizes", new Sizes());
        parts.put("deps", new Dependencies());
        parts.put("targets", new Targets());
        parts.put("memory", new Memory());
        parts.put("large", new Large());
        return Collections.unmodifiableMap(parts);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            run(new Workbench(arguments));
        } catch (Broken e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Workbench bench) throws IOException, InterruptedException {
        Set<String> asked = bench.givenSet("parts");
        for (String part : asked) {
            if (!PARTS.containsKey(part)) {
                throw new Broken("parts: there is no " + part + "; there are " + String.join(", ", PARTS.keySet()));
            }
        }
        Path json = Path.of(bench.given("json")).toAbsolutePath().normalize();
        for (Map.Entry<String, Part> part : PARTS.entrySet()) {
            if (bench.measures(part.getKey())) {
                System.out.printf("%nMeasuring %s%n", part.getKey());
                bench.results().begin(part.getKey());
                part.getValue().run(bench);
                Files.createDirectories(json.getParent());
                Files.writeString(json, bench.results().json());
            }
        }
        System.out.println();
        System.out.println(asked.isEmpty() ? "parts: none" : "Written to " + json);
    }
}

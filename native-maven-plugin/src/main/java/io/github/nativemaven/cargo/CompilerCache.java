package io.github.nativemaven.cargo;

import io.github.nativemaven.platform.Host;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Json;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.system.ProcessRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * sccache in front of rustc, from which several machines take what one of them has compiled. Its server runs as long as this
 * object is open. Where it keeps things is said by its own variables ({@code SCCACHE_REDIS_ENDPOINT}, {@code
 * SCCACHE_BUCKET}, …).
 *
 * @see <a href="https://github.com/mozilla/sccache/tree/main/docs">sccache's documentation</a>
 */
public final class CompilerCache implements AutoCloseable {
    /** What a build needs to know of a cache's place before it passes on a name and a password. */
    private static final List<Login> LOGINS = List.of(
            new Login("SCCACHE_REDIS_ENDPOINT", "SCCACHE_REDIS_USERNAME", "SCCACHE_REDIS_PASSWORD"),
            new Login("SCCACHE_REDIS_CLUSTER_ENDPOINTS", "SCCACHE_REDIS_USERNAME", "SCCACHE_REDIS_PASSWORD"),
            new Login("SCCACHE_BUCKET", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            new Login("SCCACHE_WEBDAV_ENDPOINT", "SCCACHE_WEBDAV_USERNAME", "SCCACHE_WEBDAV_PASSWORD"),
            new Login("SCCACHE_MEMCACHED_ENDPOINT", "SCCACHE_MEMCACHED_USERNAME", "SCCACHE_MEMCACHED_PASSWORD"));

    private static final String PORT = "SCCACHE_SERVER_PORT";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LAST_WORDS = 3;

    private final Path program;
    private final Map<String, String> environment;
    private final boolean ours;
    private final ProcessRunner processes;
    private final Events events;

    private CompilerCache(
            Path program, Map<String, String> environment, boolean ours, ProcessRunner processes, Events events) {
        this.program = program;
        this.environment = environment;
        this.ours = ours;
        this.processes = processes;
        this.events = events;
    }

    /**
     * The variables of one kind of place.
     *
     * @param place set where things are kept in such a place
     */
    private record Login(String place, String user, String password) {}

    /**
     * A name and a password for the place where things are kept.
     *
     * @param user a user's name, or the name of a key
     */
    public record Credentials(String user, String password) {
        /** Nothing that could be read in a log. */
        @Override
        public String toString() {
            return "credentials";
        }
    }

    /**
     * The program isn't there.
     *
     * @param origin the setting
     * @param program what was looked for
     */
    public record NotFound(String origin, String program) implements Problem {}

    /**
     * The cache can't be used, and the build goes on without.
     *
     * @param program the program
     * @param reason its last words
     */
    public record Unavailable(Path program, String reason) implements Event {}

    /**
     * The cache was used.
     *
     * @param hits how many compilations were found in it
     * @param misses how many were not
     * @param errors how often it could not be read or written
     */
    public record Used(int hits, int misses, int errors) implements Event {}

    /**
     * Starts the server on a free port; one that the user has started on a port of their own is taken as it is. Where the
     * server doesn't start, that is told, and there is no cache.
     *
     * @param settings name the place by variables, as does the machine's environment
     * @param name the program, by path or by its name on PATH
     * @param origin the setting that names it
     */
    public static Optional<CompilerCache> start(
            Host host,
            CargoSettings settings,
            String name,
            String origin,
            Optional<Credentials> credentials,
            Events events) {
        Path program =
                host.which(name).map(Path::toAbsolutePath).orElseThrow(() -> new NotFound(origin, name).asFailure());
        Map<String, String> environment = new TreeMap<>(settings.environment());
        credentials.ifPresent(it -> addLogin(host, environment, it));
        boolean ours = !isSet(host, environment, PORT);
        if (ours) {
            environment.put(PORT, Integer.toString(freePort()));
        }
        CompilerCache cache = new CompilerCache(program, environment, ours, new ProcessRunner(events), events);
        return !ours || cache.startServer() ? Optional.of(cache) : Optional.empty();
    }

    private static boolean isSet(Host host, Map<String, String> environment, String variable) {
        return environment.containsKey(variable) || host.variable(variable).isPresent();
    }

    private static void addLogin(Host host, Map<String, String> environment, Credentials credentials) {
        LOGINS.stream()
                .filter(login -> isSet(host, environment, login.place()))
                .filter(login -> !isSet(host, environment, login.password()))
                .forEach(login -> {
                    environment.put(login.user(), credentials.user());
                    environment.put(login.password(), credentials.password());
                });
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean startServer() {
        String reason;
        try {
            ProcessRunner.Result result = run("--start-server");
            if (result.succeeded()) {
                return true;
            }
            List<String> words = result.error().lines().toList();
            reason = String.join(" ", words.subList(Math.max(0, words.size() - LAST_WORDS), words.size()));
        } catch (BuildFailure e) {
            if (e.problem() instanceof ProcessRunner.Interrupted) {
                throw e;
            }
            reason = "it does not start";
        }
        events.tell(new Unavailable(program, reason.strip()));
        return false;
    }

    private ProcessRunner.Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return processes.capture(new Command(command, ProcessRunner.anywhere(), environment), LIMIT);
    }

    /** The variables that make cargo call rustc through the cache. */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("RUSTC_WRAPPER", program.toString());
        variables.put("SCCACHE_IGNORE_SERVER_IO_ERROR", "1");
        if (ours) {
            variables.put(PORT, environment.get(PORT));
        }
        return variables;
    }

    /** Tells how useful the cache was, and ends the server that was started. */
    @Override
    public void close() {
        try {
            tellUse();
        } finally {
            if (ours) {
                run("--stop-server");
            }
        }
    }

    private void tellUse() {
        ProcessRunner.Result result = run("--show-stats", "--stats-format=json");
        try {
            Json stats = Json.read(result.output()).get("stats");
            events.tell(new Used(
                    sum(stats.get("cache_hits").get("counts")),
                    sum(stats.get("cache_misses").get("counts")),
                    number(stats.get("cache_read_errors")) + number(stats.get("cache_write_errors"))));
        } catch (IOException e) {
            events.tell(new Events.Detail(program + " gives no statistics: " + result.error()));
        }
    }

    private static int sum(Json counts) {
        return counts.members().values().stream()
                .mapToInt(CompilerCache::number)
                .sum();
    }

    private static int number(Json json) {
        return json.text().map(Integer::parseInt).orElse(0);
    }
}

package io.github.nativemaven.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.VersionSpecifiers.PreReleases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions, specifiers, requirements and markers mean to us what they mean to pip. */
class PackagingOracleTest {
    private static final long SEED = 440;

    @TempDir
    static Path directory;

    private static PackagingOracle oracle;

    @BeforeAll
    static void makeOracle() {
        oracle = PackagingOracle.in(directory);
    }

    @Test
    void readsTheSameVersions() throws IOException {
        List<String> texts = versionTexts(3000);

        JsonElement theirs = oracle.run(texts, """
                from packaging.version import Version
                answer = [attempt(lambda t: str(Version(t)), text) for text in data]
                """);

        assertSame(texts, theirs, text -> Pep440Version.parse(text).toString());
    }

    @Test
    void ordersThemAlike() throws IOException {
        List<String> texts = versionTexts(3000).stream()
                .filter(text -> Pep440Version.tryParse(text).isPresent())
                .toList();

        JsonArray theirs = oracle.run(texts, """
                        from packaging.version import Version
                        versions = [Version(text) for text in data]
                        pairs = list(zip(versions, versions[1:]))
                        answer = [(a > b) - (a < b) for a, b in pairs]
                        assert all(hash(a) == hash(b) for a, b in pairs if a == b)
                        """).getAsJsonArray();

        for (int i = 0; i + 1 < texts.size(); i++) {
            Pep440Version left = Pep440Version.parse(texts.get(i));
            Pep440Version right = Pep440Version.parse(texts.get(i + 1));
            assertThat(Integer.signum(left.compareTo(right)))
                    .as("%s and %s", left, right)
                    .isEqualTo(theirs.get(i).getAsInt());
        }
    }

    @Test
    void findsTheSameVersionsInRange() throws IOException {
        List<String> versions = canonicalVersions();
        List<String> clauses = new ArrayList<>();
        for (String version : canonicalVersions()) {
            for (String operator : List.of("~=", "==", "!=", "<=", ">=", "<", ">", "===")) {
                clauses.add(operator + version);
                clauses.add(operator + version + ".*");
            }
        }

        JsonArray theirs = oracle.run(Map.of("versions", versions, "clauses", clauses), """
                        from packaging.specifiers import SpecifierSet
                        def row(clause, allowed):
                            specifiers = SpecifierSet(clause)
                            return "".join(str(int(specifiers.contains(v, prereleases=allowed))) for v in data["versions"])
                        answer = [[attempt(row, c, allowed) for c in data["clauses"]] for allowed in (True, False)]
                        """)
                .getAsJsonArray();

        for (PreReleases rule : List.of(PreReleases.ALLOWED, PreReleases.EXCLUDED)) {
            assertSame(clauses, theirs.get(rule.ordinal()), clause -> {
                VersionSpecifiers specifiers = VersionSpecifiers.parse(clause);
                StringBuilder row = new StringBuilder();
                versions.forEach(v -> row.append(specifiers.contains(Pep440Version.parse(v), rule) ? '1' : '0'));
                return row.toString();
            });
        }
    }

    @Test
    void readsTheSameRequirements() throws IOException {
        List<String> texts = requirementTexts(3000);
        List<String> ours = texts.stream().map(PackagingOracleTest::printed).toList();

        JsonElement theirs = oracle.run(Map.of("texts", texts, "ours", ours), """
                from packaging.requirements import Requirement
                def compare(text, ours):
                    theirs = attempt(Requirement, text)
                    if theirs is None or (theirs.url or "").endswith(";"):  # the marker, written too near
                        return "refused"
                    if ours == "refused":
                        return str(theirs)
                    theirs.extras = {extra.lower().replace("_", "-") for extra in theirs.extras}
                    return ours if Requirement(ours) == theirs else str(theirs)
                answer = [compare(*pair) for pair in zip(data["texts"], data["ours"])]
                """);

        assertSame(texts, theirs, PackagingOracleTest::printed);
        assertThat(ours).filteredOn(text -> !text.equals("refused")).hasSizeGreaterThan(100);
    }

    private static String printed(String requirement) {
        try {
            return Requirement.parse(requirement).toString();
        } catch (MalformedException e) {
            return "refused";
        }
    }

    @Test
    void evaluatesMarkersAlike() throws IOException {
        List<String> markers = markerTexts(3000);
        Map<String, String> environment = Map.ofEntries(
                Map.entry("os_name", "posix"),
                Map.entry("sys_platform", "linux"),
                Map.entry("platform_machine", "x86_64"),
                Map.entry("platform_python_implementation", "CPython"),
                Map.entry("platform_release", "23.5.0"),
                Map.entry("platform_system", "Linux"),
                Map.entry("platform_version", "#1 SMP"),
                Map.entry("python_version", "3.11"),
                Map.entry("python_full_version", "3.11.7"),
                Map.entry("implementation_name", "cpython"),
                Map.entry("implementation_version", "3.11.7"));

        JsonElement theirs = oracle.run(Map.of("markers", markers, "environment", environment), """
                from packaging.markers import Marker
                environment = {**data["environment"], "extra": "fast-path"}
                answer = [attempt(lambda m: str(Marker(m).evaluate(environment)).lower(), m) for m in data["markers"]]
                """);

        MarkerEnvironment ours = new MarkerEnvironment(environment, Set.of("Fast_Path"));
        assertSame(
                markers, theirs, marker -> String.valueOf(Marker.parse(marker).evaluate(ours)));
    }

    private static void assertSame(List<String> texts, JsonElement theirs, Function<String, String> ours) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            JsonElement element = theirs.getAsJsonArray().get(i);
            String expected = element.isJsonNull() ? "refused" : element.getAsString();
            String actual;
            try {
                actual = ours.apply(texts.get(i));
            } catch (MalformedException e) {
                actual = "refused";
            }
            if (!actual.equals(expected)) {
                differences.add("'" + texts.get(i) + "': " + actual + ", not " + expected);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static List<String> canonicalVersions() {
        List<String> versions = new ArrayList<>();
        for (String release : List.of("1", "1.0", "1.1", "1.0.1", "2.0.0", "0.9", "1!1.0", "1.0.0.0")) {
            for (String suffix :
                    List.of("", "a1", "b2", "rc1", ".post1", ".dev1", "a1.post2", "rc1.dev2", ".post1.dev1", "+x")) {
                versions.add(release + suffix);
            }
        }
        versions.addAll(List.of("1.0+x.1", "1.0.post1+x", "1.0a1+x", "1.0.post2", "1.0a2", "1.0.dev0", "1.0+1"));
        return versions;
    }

    private static List<String> versionTexts(int count) {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(pick(random, "", "", "", "v", "V", " ", "1!", "0!", "02!")
                    + pick(random, "1", "1.0", "1.2", "01.2.0", "0", "1.0.0", "1.10", "20240101123456789012345")
                    + pick(random, "", "", "a1", "-alpha.2", ".BETA", "_c3", "rc", "pre4", "-preview_05", "b.", "a")
                    + pick(random, "", "", ".post1", "-1", "-", "r2", "-rev.3", "post", "_post-4", ".r")
                    + pick(random, "", "", ".dev1", "dev", "-dev.02", ".DEV_3", "dev.")
                    + pick(random, "", "", "", "+x", "+1.a-B_03", "+", "+007", "+a..b", " ", "+z.10", "+z.9", "x"));
        }
        return texts;
    }

    private static List<String> requirementTexts(int count) {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(pick(random, "a", "a", "My.Name_x-1", "a-", " b", "-a", "a1")
                    + pick(random, "", "", "", " ", "[x]", "[ x , Y_z]", " [ ]", "[x,]", "[x y]", "[-]")
                    + pick(
                            random,
                            "",
                            ">=1",
                            " (>=1,<2)",
                            " (>=1",
                            ">=1,<2,",
                            "==1.*",
                            " ~=1",
                            "===x",
                            ">= 1 , != 2",
                            "@ https://x/y",
                            " @ file:///x ",
                            "@ ",
                            " @ git+ssh://x@y#z ",
                            "()",
                            " 1.0",
                            ">=1.*",
                            ">=1)")
                    + pick(random, "", "", ";", " ; ", "; ", ",")
                    + pick(random, "", "", markerTexts(1, random).get(0))
                    + pick(random, "", "", "", " ", " x", ";"));
        }
        return texts;
    }

    private static List<String> markerTexts(int count) {
        return markerTexts(count, new Random(SEED));
    }

    private static List<String> markerTexts(int count, Random random) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String one = comparison(random);
            String two = comparison(random);
            String three = comparison(random);
            texts.add(
                    switch (random.nextInt(6)) {
                        case 0 -> one + " and " + two + " or " + three;
                        case 1 -> one + " or " + two + " and " + three;
                        case 2 -> "(" + one + " or " + two + ")and " + three;
                        case 3 -> one + " and( (" + two + ") or " + three + " )";
                        default -> one;
                    });
        }
        return texts;
    }

    private static String comparison(Random random) {
        String versions = pick(random, "~='3.11'", "~= \"3.8.1\"", "==", "!=", "<", "<=", ">", ">=", "===");
        if (!versions.startsWith("~=")) {
            versions += pick(random, "'3.11'", "\"3.8\"", "'3.11.*'", "'3.11.7'", "'4a1'", "' 3.11 '", "'x'");
        }
        return switch (random.nextInt(5)) {
            case 0 -> "python_version " + versions;
            case 1 -> pick(random, "python_full_version", "implementation_version", "platform_release") + versions;
            case 2 ->
                pick(random, "os_name", "sys_platform", "os.name", "platform_machine", "nonsense")
                        + pick(random, "==", " != ", "<", ">=", " in ", " not  in ", " notin ", "=")
                        + pick(random, "'posix'", "'linux'", "\"it's posix\"", "'x", "posix");
            case 3 -> pick(random, "extra", "os_name") + pick(random, "==", "!=") + pick(random, "'FAST.path'", "'y'");
            default ->
                pick(random, "'posix'", "'fast_path'", "'3.11'")
                        + pick(random, " == ", " != ", " in ")
                        + pick(random, "os_name", "platform_machine");
        };
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

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

    /** What is compared twice: without order, as equal requirements, after our own printing. */
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

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

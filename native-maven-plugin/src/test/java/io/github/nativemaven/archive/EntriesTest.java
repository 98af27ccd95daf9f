package io.github.nativemaven.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.system.BuildFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    private final Entries entries = new Entries();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "./a",
                "a/./b",
                "a/../b",
                "../a",
                "a/..",
                "a\\b",
                "C:",
                "C:/a",
                "c:a",
                "C:\na",
                "a\0b",
                "a\nb",
                "a\rb",
                "a/b\u007f"
            })
    void refusesWhatIsNoPlaceInAnArchive(String path) {
        assertThatThrownBy(() -> entries.add(path, "x"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + path + "'");
        assertThat(entries.sorted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "a/..b", "a../b", ".a", "ü/日本.py", "a b", "ab:c", "a\"',b", "-x", "~"})
    void takesEverythingElse(String path) {
        entries.add(path, "x");
        assertThat(entries.get(path)).map(Entry::path).contains(path);
        assertThat(entries.contains(path)).isTrue();
        entries.remove(path);
        assertThat(entries.contains(path)).isFalse();
        entries.add(path, "y");
    }

    @Test
    void isInTheOrderOfPathsWhateverTheOrderOfAdding() {
        for (String path : new String[] {"b", "a/c", "Z", "a-b", "a", "ä", "x.dist-info/A", "w/z", "x.dist-info2"}) {
            if (!path.equals("a")) {
                entries.add(path, "x");
            }
        }
        assertThat(entries.sorted())
                .extracting(Entry::path)
                .containsExactly("Z", "a-b", "a/c", "b", "w/z", "x.dist-info/A", "x.dist-info2", "ä");
        assertThat(entries.sortedWithLast("x.dist-info"))
                .extracting(Entry::path)
                .containsExactly("Z", "a-b", "a/c", "b", "w/z", "x.dist-info2", "ä", "x.dist-info/A");
    }

    @ParameterizedTest
    @CsvSource({"a/b, a/b", "pkg/Core.py, pkg/core.py", "Ä, ä", "a, a/b", "a/b, a", "A, a/b", "a/b/c, a/B"})
    void twoFilesCanNotHaveOnePlace(String first, String second) {
        entries.add(first, Path.of("/first"));
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, () -> entries.add(second, Path.of("/second")));
        assertThat(failure.problem()).isInstanceOfSatisfying(Entries.Clash.class, clash -> {
            assertThat(clash.first().path()).isEqualTo(first);
            assertThat(clash.first().origin()).isEqualTo("/first");
            assertThat(clash.second().path()).isEqualTo(second);
            assertThat(clash.second().origin()).isEqualTo("/second");
        });
        assertThat(entries.sorted()).extracting(Entry::path).containsExactly(first);
    }

    @Test
    void directoriesThatDifferInCaseOnlyAreOne() {
        entries.add("Pkg/a", "x");
        entries.add("pkg/b", "x");
        assertThat(entries.sorted()).hasSize(2);
    }
}

package io.github.nativemaven.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "a/**/*, a/b, true",
        "a/**/*, a/b/c/d, true",
        "a/**/*, b/a/c, false",
        "a/*, a/b, true",
        "a/*.txt, a/b/c.txt, false",
        "**/*.json, x.json, true",
        "**/*.json, a/b/x.json, true",
        "a/**, a/b/c, true",
        "a, a/b, true",
        "a?c, abc, true",
        "a?c, a/c, false",
        "[ab].py, b.py, true",
        "[!ab].py, b.py, false",
        "'{a,b}.py', b.py, true",
        "a.b, axb, false",
    })
    void anchored(String glob, String path, boolean matches) {
        assertThat(Glob.anchored(glob).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "tests, pkg/tests/test_a.py, true",
        "*.so, pkg/a.so, true",
        "pkg/tests, other/pkg/tests/a, false",
        "/pkg, pkg/a, true",
        "pkg/, pkg/a, true",
    })
    void anywhere(String glob, String path, boolean matches) {
        assertThat(Glob.anywhere(glob).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"a/b/*.txt, a/b", "a/b.txt, a/b.txt", "*.txt, ''", "a*/b, ''", "a/**/b, a"})
    void beginsWhereItCanMatch(String glob, String start) {
        assertThat(Glob.anchored(glob).start()).isEqualTo(Path.of(start));
    }
}

package io.github.nativemaven.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.nativemaven.testing.TestCase.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibtestOutputTest {
    private final LibtestOutput output = new LibtestOutput();

    private void lines(String text) {
        text.lines().forEach(output::line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test adds ... ok | '' | adds | PASSED | ''",
                "test tests::deep::adds ... ok | tests::deep | adds | PASSED | ''",
                "test adds ... FAILED | '' | adds | FAILED | ''",
                "test adds ... ignored | '' | adds | SKIPPED | ''",
                "test adds ... ignored, needs a GPU, and time | '' | adds | SKIPPED | needs a GPU, and time",
                "test a::panics - should panic ... ok | a | panics | PASSED | ''",
                "test a::panics - should panic ... FAILED | a | panics | FAILED | ''",
                "test src/lib.rs - add (line 5) ... ok | '' | src/lib.rs - add (line 5) | PASSED | ''",
                "test src/lib.rs - a::b (line 5) - compile fail ... ok | '' | src/lib.rs - a::b (line 5) - compile fail | PASSED | ''",
            })
    void readsResults(String line, String suite, String name, Status status, String details) {
        output.line(line);
        assertThat(output.cases())
                .extracting(TestCase::suite, TestCase::name, TestCase::status, TestCase::details)
                .containsExactly(tuple(suite, name, status, details));
        assertThat(output.ended()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "running 3 tests",
        "test tests::slow has been running for over 60 seconds",
        "testing ... ok then",
        "Python says ... ok",
    })
    void leavesOtherLinesAlone(String line) {
        output.line(line);
        assertThat(output.cases()).isEmpty();
        assertThat(output.other()).containsExactly(line);
    }

    @Test
    void givesEachFailureItsOwnWords() {
        lines("""

                running 3 tests
                test tests::a ... FAILED
                test tests::b ... ok
                test tests::c - should panic ... FAILED

                failures:

                ---- tests::a stdout ----
                printed by a

                thread 'tests::a' panicked at src/lib.rs:9:5:
                assertion `left == right` failed
                  left: 1
                 right: 2

                ---- tests::c stdout ----
                note: test did not panic as expected at src/lib.rs:14:8

                failures:
                    tests::a
                    tests::c

                test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

                """);
        assertThat(output.ended()).isTrue();
        assertThat(output.cases())
                .extracting(TestCase::fullName, TestCase::details)
                .containsExactly(
                        tuple(
                                "tests::a",
                                "printed by a\n\nthread 'tests::a' panicked at src/lib.rs:9:5:\n"
                                        + "assertion `left == right` failed\n  left: 1\n right: 2"),
                        tuple("tests::b", ""),
                        tuple("tests::c", "note: test did not panic as expected at src/lib.rs:14:8"));
    }

    @Test
    void knowsWhenTheHarnessNeverCameToItsEnd() {
        lines("running 2 tests\ntest a ... ok\n");
        assertThat(output.ended()).isFalse();
    }
}

package io.github.nativemaven.testing;

import java.time.Duration;
import java.util.List;

/**
 * The tests of one run.
 *
 * @param name the report's name, which is a file name: {@code rust.my_fast_lib}, {@code python.cp311}
 * @param title what a person calls it: {@code Rust tests of my_fast_lib}
 * @param cases each test
 * @param time how long the run took
 */
public record TestSuite(String name, String title, List<TestCase> cases, Duration time) {
    public TestSuite {
        cases = List.copyOf(cases);
    }

    /** How many tests went so. */
    public long count(TestCase.Status status) {
        return cases.stream().filter(test -> test.status() == status).count();
    }

    /** Those that failed. */
    public List<TestCase> failures() {
        return cases.stream()
                .filter(test -> test.status() == TestCase.Status.FAILED)
                .toList();
    }
}

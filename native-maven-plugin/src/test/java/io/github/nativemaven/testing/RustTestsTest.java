package io.github.nativemaven.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.TestProject;
import io.github.nativemaven.build.JobBudget;
import io.github.nativemaven.build.TestDirectory;
import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.testing.TestCase.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real cargo compiles the tests, and they run as they would in a build. */
class RustTestsTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private List<TestSuite> run(TestProject written, Interpreter python) throws IOException {
        Project project = written.resolve();
        Cargo cargo = Cargo.find(RealPythons.host(), project.cargo(), events);
        TestDirectory directory = new TestDirectory(root.resolve("target"), "cp311 test");
        return new RustTests(RealPythons.host(), cargo, new JobBudget(1), events)
                .run(project, Optional.of(python), directory, "dev", Optional.of(root.resolve("site packages")));
    }

    /** As Debian's Python is without its development package. */
    private static Interpreter withoutLibrary(Interpreter python) {
        return new Interpreter(
                python.executable(),
                python.implementation(),
                python.version(),
                python.fullVersion(),
                python.freeThreaded(),
                python.debug(),
                python.extensionSuffix(),
                python.soabi(),
                python.pointerWidth(),
                python.platform(),
                Optional.empty(),
                python.staticLibrary(),
                python.libraryDirectory(),
                python.prefix(),
                python.basePrefix(),
                python.baseExecutable(),
                python.standardLibrary(),
                python.scheme(),
                python.markers());
    }

    private TestProject project() {
        return TestProject.at(root.resolve("a 'b' ü/project")).withExtension("mod");
    }

    @Test
    void testsRunInsideAnInterpreterThatHasNoLibrary() throws IOException {
        Interpreter python = withoutLibrary(RealPythons.newest());
        Assumptions.assumeTrue(RealPythons.host().os() == OperatingSystem.LINUX);
        List<TestSuite> suites = run(project().write("src/lib.rs", TestProject.source("mod") + """

                                        #[cfg(test)]
                                        mod tests {
                                            use super::*;

                                            #[test]
                                            fn python_is_there() {
                                                let value = unsafe { PyLong_FromLong(42) };
                                                assert!(!value.is_null());
                                                assert!(std::env::var("PYTHONPATH").unwrap().contains("site packages"));
                                            }

                                            #[test]
                                            fn fails() {
                                                println!("before");
                                                assert_eq!(1, 2, "müst be equal");
                                            }

                                            #[test]
                                            #[ignore = "later"]
                                            fn ignored() {}
                                        }
                                        """), python);
        assertThat(events.of(TestEvent.InsideInterpreter.class)).hasSize(1);
        assertThat(suites).singleElement().satisfies(suite -> {
            assertThat(suite.name()).isEqualTo("rust.mod");
            assertThat(suite.title()).isEqualTo("Rust tests of mod");
            assertThat(suite.cases())
                    .extracting(TestCase::fullName, TestCase::status)
                    .containsExactlyInAnyOrder(
                            tuple("tests::python_is_there", Status.PASSED),
                            tuple("tests::fails", Status.FAILED),
                            tuple("tests::ignored", Status.SKIPPED));
            assertThat(suite.failures().get(0).details()).contains("before", "müst be equal", "src/lib.rs");
        });
    }

    @Test
    void testsRunByThemselvesWhereThereIsALibrary() throws IOException {
        Interpreter python = RealPythons.newest();
        Assumptions.assumeTrue(python.sharedLibrary().isPresent());
        List<TestSuite> suites = run(project().write("src/lib.rs", """
                                #[test]
                                fn finds_python() {
                                    assert!(std::env::var("PYTHONHOME").is_ok());
                                    assert!(std::env::var("PYO3_BUILD_EXTENSION_MODULE").is_err());
                                    assert!(std::path::Path::new("Cargo.toml").exists());
                                }
                                """, "tests/dies.rs", """
                                #[test]
                                fn dies() {
                                    eprintln!("last words");
                                    std::process::exit(7);
                                }
                                """), python);
        assertThat(suites).extracting(TestSuite::name).containsExactlyInAnyOrder("rust.mod", "rust.dies");
        for (TestSuite suite : suites) {
            if (suite.name().equals("rust.mod")) {
                assertThat(suite.cases())
                        .extracting(TestCase::fullName, TestCase::status)
                        .containsExactly(tuple("finds_python", Status.PASSED));
            } else {
                assertThat(suite.title()).isEqualTo("Rust tests of test dies");
                assertThat(suite.failures()).singleElement().satisfies(failure -> assertThat(failure.name())
                        .isEqualTo("the test program ended with exit code 7"));
            }
        }
    }

    @Test
    void testsThatDoNotCompileAreAProblem() {
        BuildFailure failure = catchThrowableOfType(
                BuildFailure.class,
                () -> run(project().write("src/lib.rs", "#[test] fn x() { missing() }"), RealPythons.newest()));
        assertThat(failure.problem()).isInstanceOfSatisfying(TestProblem.NotCompiled.class, problem -> {
            assertThat(problem.crate()).isEqualTo("mod");
            assertThat(problem.errors()).isEqualTo(1);
        });
        assertThat(Files.exists(root.resolve("target/.rust-in-use"))).isFalse();
    }
}

package io.github.nativemaven.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.Trees;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.python.RealPythons;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Command;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.ProcessRunner;
import io.github.nativemaven.testing.TestCase.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real Pythons run the tests. */
class PythonTestsTest {
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path root;

    private Optional<PythonTests> find() throws IOException {
        return PythonTests.find(root, events);
    }

    private TestSuite run(Interpreter python, boolean pytest) throws IOException {
        Path work = Files.createDirectories(root.resolve("target/a 'b' ü"));
        return find().orElseThrow().run(new VirtualEnvironment(python.prefix(), python), "cp311", pytest, work);
    }

    private TestSuite run() throws IOException {
        return run(RealPythons.newest(), false);
    }

    @ParameterizedTest
    @CsvSource({
        "tests/test_x.py,                        true",
        "tests/x_test.py,                        true",
        "tests/deep/er/test_x.py,                true",
        "test/test_x.py,                         true",
        "src/test/python/test_x.py,              true",
        "tests/helper.py,                        false",
        "tests/x.rs,                             false",
        "tests/test_x.txt,                       false",
        "test_x.py,                              false",
        "src/main/python/pkg/test_x.py,          false",
    })
    void findsTests(String file, boolean found) throws IOException {
        Trees.write(root, file, "");
        assertThat(find().isPresent()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "tests/test_x.py,   import pytest,                       true",
        "tests/test_x.py,   '  from pytest import raises',       true",
        "tests/test_x.py,   '# import pytest',                   false",
        "tests/test_x.py,   import pytester,                     false",
        "tests/conftest.py, '',                                  true",
        "tests/test_x.py,   'def test_x(tmp_path): pass',        true",
        "tests/test_x.py,   'async def test_x(client): pass',    true",
        "tests/test_x.py,   'def test_x(): pass',                false",
        "tests/test_x.py,   'def test_x( ): pass',               false",
        "tests/test_x.py,   '    def test_x(self): pass',        false",
        "tests/test_x.py,   import unittest,                     false",
    })
    void knowsPytest(String file, String text, boolean pytest) throws IOException {
        Trees.write(root, "tests/test_other.py", "import unittest", file, text);
        assertThat(find().orElseThrow().usePytest()).isEqualTo(pytest);
    }

    @Test
    void aTestInAnotherEncodingIsNoHindrance() throws IOException {
        Trees.touch(root, "tests/test_x.py");
        Files.write(
                root.resolve("tests/test_x.py"),
                "# coding: latin-1\n# Zoë\nimport pytest\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(find().orElseThrow().usePytest()).isTrue();
    }

    @Test
    void tellsHowEachTestWent() throws IOException {
        Trees.write(root, "tests/test_all.py", """
                import os, sys, unittest

                def test_plain():
                    assert 1 + 1 == 2

                def test_fails():
                    assert 1 + 1 == 3, "müst be three"

                def helper():
                    raise Exception("never called")

                class Cases(unittest.TestCase):
                    def test_passes(self):
                        print("noise with ü")
                        self.assertEqual(os.environ["PYTHONDONTWRITEBYTECODE"], "1")

                    @unittest.skip("later")
                    def test_skipped(self):
                        pass

                    def test_subtests(self):
                        for i in range(2):
                            with self.subTest(i=i):
                                self.assertEqual(i, 0)

                    @unittest.expectedFailure
                    def test_expected(self):
                        self.fail("as expected")

                    @unittest.expectedFailure
                    def test_unexpected(self):
                        pass

                class Broken(unittest.TestCase):
                    @classmethod
                    def setUpClass(cls):
                        raise ValueError("no set-up")

                    def test_never(self):
                        pass

                class Async(unittest.IsolatedAsyncioTestCase):
                    async def test_awaits(self):
                        pass
                """);
        TestSuite suite = run();
        assertThat(suite.name()).isEqualTo("python.cp311");
        assertThat(suite.title()).startsWith("Python tests on CPython 3.");
        assertThat(suite.cases())
                .extracting(TestCase::fullName, TestCase::status)
                .containsExactlyInAnyOrder(
                        tuple("test_all::test_plain", Status.PASSED),
                        tuple("test_all::test_fails", Status.FAILED),
                        tuple("test_all.Cases::test_passes", Status.PASSED),
                        tuple("test_all.Cases::test_skipped", Status.SKIPPED),
                        tuple("test_all.Cases::test_subtests", Status.FAILED),
                        tuple("test_all.Cases::test_expected", Status.PASSED),
                        tuple("test_all.Cases::test_unexpected", Status.FAILED),
                        tuple("setUpClass (test_all.Broken)", Status.FAILED),
                        tuple("test_all.Async::test_awaits", Status.PASSED));
        assertThat(details(suite, "test_fails")).contains("müst be three").contains("test_all.py");
        assertThat(details(suite, "test_skipped")).isEqualTo("later");
        assertThat(details(suite, "setUpClass (test_all.Broken)")).contains("no set-up");
        assertThat(suite.cases()).allMatch(test -> !test.time().isNegative());
        assertThat(events.of(Events.Detail.class))
                .anyMatch(detail -> detail.text().equals("noise with ü"));
        assertThat(root.resolve("tests/__pycache__")).doesNotExist();
    }

    private static String details(TestSuite suite, String name) {
        return suite.cases().stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow()
                .details();
    }

    @Test
    void aFileThatCanNotBeImportedIsAFailure() throws IOException {
        Trees.write(
                root,
                "tests/test_a.py",
                "import no_such_module",
                "tests/test_b.py",
                "def test_b(): pass",
                "tests/test_c.py",
                "import unittest\nraise unittest.SkipTest('not here')",
                "tests/test_d.py",
                "syntax error");
        TestSuite suite = run();
        assertThat(suite.cases())
                .extracting(TestCase::fullName, TestCase::status)
                .containsExactly(
                        tuple("test_a::import", Status.FAILED),
                        tuple("test_b::test_b", Status.PASSED),
                        tuple("test_c::import", Status.SKIPPED),
                        tuple("test_d::import", Status.FAILED));
        assertThat(details(suite, "import")).contains("No module named 'no_such_module'");
    }

    @Test
    void testsMayLieInPackagesAndShareHelpers() throws IOException {
        Trees.write(
                root,
                "tests/__init__.py",
                "",
                "tests/helper.py",
                "def answer(): return 42",
                "tests/test_a.py",
                "from .helper import answer\nfrom tests.helper import answer as again\n"
                        + "def test_a(): assert answer() == again() == 42",
                "tests/deep/__init__.py",
                "",
                "tests/deep/test_b.py",
                "from ..helper import answer\ndef test_b(): assert answer() == 42",
                "tests/plain/helper2.py",
                "x = 1",
                "tests/plain/test_c.py",
                "import helper2\ndef test_c(): assert helper2.x == 1",
                "mod/__init__.py",
                "raise Exception('the source, and not what is installed')",
                "tests/test_d.py",
                "def test_d():\n    try:\n        import mod\n    except ImportError:\n        pass");
        assertThat(run().cases())
                .extracting(TestCase::fullName, TestCase::status)
                .containsExactlyInAnyOrder(
                        tuple("tests.deep.test_b::test_b", Status.PASSED),
                        tuple("plain.test_c::test_c", Status.PASSED),
                        tuple("tests.test_a::test_a", Status.PASSED),
                        tuple("tests.test_d::test_d", Status.PASSED));
    }

    @ParameterizedTest
    @CsvSource({"import os; os.abort(), 134", "import os; os._exit(3), 3"})
    void aRunThatBreaksOffIsAProblemWithItsLastWords(String death, int exitCode) {
        Trees.write(root, "tests/test_x.py", "print('last words', flush=True)\ndef test_x(): " + death);
        BuildFailure failure = catchThrowableOfType(BuildFailure.class, this::run);
        assertThat(failure.problem()).isInstanceOfSatisfying(TestProblem.BrokenOff.class, problem -> {
            assertThat(problem.exitCode()).isEqualTo(exitCode);
            assertThat(problem.title()).startsWith("Python tests on CPython");
            assertThat(problem.lastLines()).contains("last words");
        });
    }

    @Test
    void theOldestPythonRunsThemToo() throws IOException {
        Trees.write(root, "tests/test_x.py", "def test_x(): assert 1");
        assertThat(run(RealPythons.all().get(0), false).cases())
                .extracting(TestCase::fullName, TestCase::status)
                .containsExactly(tuple("test_x::test_x", Status.PASSED));
    }

    @Test
    void pytestRunsWhatIsWrittenForIt() throws IOException {
        List<Interpreter> pythons = RealPythons.all().stream()
                .filter(python -> new ProcessRunner(Events.ignored())
                        .capture(
                                Command.of(root, python.executable().toString(), "-c", "import pytest"),
                                Duration.ofSeconds(30))
                        .succeeded())
                .toList();
        Assumptions.assumeFalse(pythons.isEmpty(), "no Python here has pytest");
        Trees.write(root, "tests/test_x.py", """
                import pytest

                @pytest.mark.parametrize("n", [1, 2])
                def test_n(n, tmp_path):
                    assert n == 1

                @pytest.mark.skip(reason="later")
                def test_skipped():
                    pass

                @pytest.fixture
                def broken():
                    raise ValueError("no fixture")

                def test_broken(broken):
                    pass
                """, "tests/test_y.py", "import no_such_module");
        TestSuite suite = run(pythons.get(0), true);
        assertThat(suite.cases())
                .extracting(TestCase::name, TestCase::status)
                .containsExactlyInAnyOrder(
                        tuple("test_n[1]", Status.PASSED),
                        tuple("test_n[2]", Status.FAILED),
                        tuple("test_skipped", Status.SKIPPED),
                        tuple("test_broken (setup)", Status.FAILED),
                        tuple("tests/test_y.py", Status.FAILED));
        assertThat(details(suite, "test_skipped")).contains("later");
        assertThat(details(suite, "tests/test_y.py")).contains("no_such_module");
        assertThat(root.resolve(".pytest_cache")).doesNotExist();
    }
}

package io.github.nativemaven.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.Trees;
import io.github.nativemaven.testing.TestCase.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class TestReportsTest {
    private static final Duration TIME = Duration.ofMillis(1234);

    @TempDir
    Path directory;

    private static TestCase test(String name, Status status, String details) {
        return new TestCase("suite", name, status, details, TIME);
    }

    private Element write(TestCase... cases) throws Exception {
        TestReports.write(directory, List.of(new TestSuite("rust.x", "Rust tests of x", List.of(cases), TIME)));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("TEST-rust.x.xml").toFile())
                .getDocumentElement();
    }

    private static Element child(Element parent, String tag, int index) {
        return (Element) parent.getElementsByTagName(tag).item(index);
    }

    @Test
    void saysWhatServersRead() throws Exception {
        Element suite = write(
                test("good", Status.PASSED, ""),
                test("bad", Status.FAILED, "first line\nsecond <&> \"line\""),
                test("later", Status.SKIPPED, "not <now>"),
                new TestCase("", "alone", Status.PASSED, "", Duration.ZERO));
        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(suite.getAttribute("name")).isEqualTo("rust.x");
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("1.234");
        Element good = child(suite, "testcase", 0);
        assertThat(good.getAttribute("classname")).isEqualTo("suite");
        assertThat(good.getAttribute("name")).isEqualTo("good");
        assertThat(good.getAttribute("time")).isEqualTo("1.234");
        assertThat(good.hasChildNodes()).isFalse();
        Element failure = child(child(suite, "testcase", 1), "failure", 0);
        assertThat(failure.getAttribute("message")).isEqualTo("first line");
        assertThat(failure.getTextContent()).isEqualTo("first line\nsecond <&> \"line\"");
        assertThat(child(child(suite, "testcase", 2), "skipped", 0).getAttribute("message"))
                .isEqualTo("not <now>");
        assertThat(child(suite, "testcase", 3).getAttribute("classname")).isEqualTo("rust.x");
    }

    @Test
    void holdsWhateverATestPrints() throws Exception {
        String text = "\u001b[31mred\u001b[0m \u0000 ]]> ü 日本 😀 \uFFFE \uD800";
        Element suite = write(test("ü <name>", Status.FAILED, text));
        assertThat(child(suite, "testcase", 0).getAttribute("name")).isEqualTo("ü <name>");
        assertThat(child(suite, "failure", 0).getTextContent()).isEqualTo("[31mred[0m  ]]> ü 日本 😀  ");
    }

    @Test
    void reportsOfSuitesThatAreNoMoreGoAndOthersStay() throws IOException {
        Trees.touch(directory, "TEST-rust.old.xml", "TEST-python.cp39.xml", "TEST-org.acme.JavaTest.xml", "notes.txt");
        TestReports.write(directory, List.of(new TestSuite("python.cp311", "t", List.of(), TIME)));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("TEST-python.cp311.xml", "TEST-org.acme.JavaTest.xml", "notes.txt");
        }
    }
}

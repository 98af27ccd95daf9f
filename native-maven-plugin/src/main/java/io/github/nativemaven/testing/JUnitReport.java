package io.github.nativemaven.testing;

import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes reports in the form that Surefire's are in, which CI servers read. */
final class JUnitReport {
    private JUnitReport() {}

    static void write(Path file, TestSuite suite) throws IOException {
        AtomicFiles.write(file, aside -> {
            try (OutputStream out = Files.newOutputStream(aside)) {
                XMLStreamWriter xml =
                        XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
                xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
                write(xml, suite);
                xml.writeEndDocument();
                xml.close();
            } catch (XMLStreamException e) {
                throw new IOException(e);
            }
        });
    }

    private static void write(XMLStreamWriter xml, TestSuite suite) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", suite.name());
        xml.writeAttribute("tests", String.valueOf(suite.cases().size()));
        xml.writeAttribute("failures", String.valueOf(suite.count(TestCase.Status.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", String.valueOf(suite.count(TestCase.Status.SKIPPED)));
        xml.writeAttribute("time", seconds(suite.time()));
        for (TestCase test : suite.cases()) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", clean(test.suite().isEmpty() ? suite.name() : test.suite()));
            xml.writeAttribute("name", clean(test.name()));
            xml.writeAttribute("time", seconds(test.time()));
            if (test.status() == TestCase.Status.FAILED) {
                xml.writeStartElement("failure");
                xml.writeAttribute(
                        "message", clean(test.details().lines().findFirst().orElse("")));
                xml.writeCharacters(clean(test.details()));
                xml.writeEndElement();
            } else if (test.status() == TestCase.Status.SKIPPED) {
                xml.writeStartElement("skipped");
                xml.writeAttribute("message", clean(test.details()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /** Without the characters that XML 1.0 can't hold: a test's output may carry terminal colours. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .filter(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || c >= 0x20 && c <= 0xD7FF
                        || c >= 0xE000 && c != 0xFFFE && c != 0xFFFF)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}

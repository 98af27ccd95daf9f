package io.github.nativemaven.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads test reports. */
final class Reports {
    private Reports() {}

    /** The names of the test cases of a JUnit XML file that neither failed nor were skipped. */
    static List<String> passed(Path report) {
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            return IntStream.range(0, cases.getLength())
                    .mapToObj(index -> (Element) cases.item(index))
                    .filter(test -> List.of("failure", "error", "skipped").stream()
                            .allMatch(outcome ->
                                    test.getElementsByTagName(outcome).getLength() == 0))
                    .map(test -> test.getAttribute("name"))
                    .toList();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(report.toString(), e);
        }
    }
}

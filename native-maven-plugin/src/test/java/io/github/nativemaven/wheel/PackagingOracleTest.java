package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.PackagingOracle;
import io.github.nativemaven.wheel.CoreMetadata.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write is what Python reads. */
class PackagingOracleTest {
    @TempDir
    static Path directory;

    private static PackagingOracle oracle;

    @BeforeAll
    static void makeOracle() {
        oracle = PackagingOracle.in(directory);
    }

    @Test
    void pythonReadsOurMetadata() throws IOException {
        JsonObject theirs = oracle.run(CoreMetadataTest.full().write(), """
                        import email
                        from packaging.metadata import Metadata
                        message = email.message_from_string(data)
                        metadata = Metadata.from_email(data.encode())
                        answer = {
                            "headers": message.items(),
                            "body": message.get_payload(),
                            "description": metadata.description,
                            "requires": [str(r) for r in metadata.requires_dist],
                            "urls": metadata.project_urls,
                            "keywords": metadata.keywords,
                            "imports": metadata.import_names,
                        }
                        """).getAsJsonObject();

        JsonArray headers = theirs.getAsJsonArray("headers");
        CoreMetadata.Builder again = CoreMetadata.builder(
                CoreMetadataTest.full().name(), CoreMetadataTest.full().version());
        for (JsonElement header : headers) {
            Field field = Field.of(header.getAsJsonArray().get(0).getAsString()).orElseThrow();
            if (field != Field.NAME && field != Field.VERSION) {
                again.add(field, header.getAsJsonArray().get(1).getAsString());
            }
        }
        again.add(Field.DESCRIPTION, theirs.get("body").getAsString());
        assertThat(again.build()).isEqualTo(CoreMetadataTest.full());
        assertThat(theirs.get("description").getAsString()).startsWith("# Title\n\nText: with colon\n");
        assertThat(theirs.getAsJsonArray("requires"))
                .map(JsonElement::getAsString)
                .isEqualTo(CoreMetadataTest.full().values(Field.REQUIRES_DIST));
        assertThat(theirs.get("keywords")).hasToString("[\"rust\",\"fast\",\"python\"]");
    }

    @Test
    void pythonReadsOurRecord() throws IOException {
        List<String> paths = List.of("a", "a,b", "\"q\" x", "ä ö", "a'b");
        String text = new RecordFile(paths.stream().map(RecordFile.Row::bare).toList()).write();

        JsonArray theirs = oracle.run(text, """
                import csv, io
                answer = [row[0] for row in csv.reader(io.StringIO(data)) if row[1:] == ["", ""]]
                """).getAsJsonArray();

        assertThat(theirs).map(JsonElement::getAsString).isEqualTo(paths);
    }

    @Test
    void pythonReadsOurEntryPoints() throws IOException {
        String text = EntryPoints.parse("[console_scripts]\nB.x-1=p:m\na=p.q:r.s [z]\n[g.h]\nX y = p\n")
                .write();

        JsonArray theirs = oracle.run(text, """
                import configparser
                parser = configparser.ConfigParser(delimiters=("=",))
                parser.optionxform = str
                parser.read_string(data)
                answer = [[s, n, v] for s in parser.sections() for n, v in parser.items(s)]
                """).getAsJsonArray();

        assertThat(theirs)
                .hasToString("[[\"console_scripts\",\"B.x-1\",\"p:m\"],[\"console_scripts\",\"a\",\"p.q:r.s [z]\"],"
                        + "[\"g.h\",\"X y\",\"p\"]]");
    }

    @Test
    void readsTheSameNames() throws IOException {
        List<String> names = List.of(
                "foo-1.0-py3-none-any.whl",
                "Foo.Bar-1.0-1a-cp39-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                "foo-1-py2.py3-none-any.whl",
                "foo-1.0RC1+a.b-PY3-none-any.whl",
                "foo__b-1-py3-none-any.whl",
                "foo-1.0-a1-py3-none-any.whl",
                "foo-1.0-py3-none-any.zip",
                "foo-1--none-any.whl",
                "foo-1_1-py3-none-any.whl",
                "foo-x-py3-none-any.whl",
                "foo-1-py3-none.whl",
                "foo-1.0-py3..py2-none-any.whl");

        JsonArray theirs = oracle.run(names, """
                from packaging.utils import parse_wheel_filename
                def parts(name):
                    name, version, build, tags = parse_wheel_filename(name)
                    return [name, str(version), "".join(map(str, build)), ",".join(sorted(map(str, tags)))]
                answer = [attempt(parts, name) for name in data]
                """).getAsJsonArray();

        for (int i = 0; i < names.size(); i++) {
            String expected =
                    theirs.get(i).isJsonNull() ? "refused" : theirs.get(i).toString();
            assertThat(parts(names.get(i))).as(names.get(i)).isEqualTo(expected);
        }
    }

    private static String parts(String fileName) {
        try {
            WheelName name = WheelName.parse(fileName);
            JsonArray parts = new JsonArray();
            parts.add(name.name().normalized());
            parts.add(name.version().toString());
            parts.add(name.build().orElse(""));
            parts.add(String.join(
                    ",", name.tag().expand().stream().map(WheelTag::toString).toList()));
            return parts.toString();
        } catch (MalformedException e) {
            return "refused";
        }
    }

    @Test
    void readsTheSameLicenses() throws IOException {
        List<String> texts = List.of(
                "mit",
                "MIT  AND(bsd-3-clause OR isc)",
                "GPL-2.0+",
                "apache-2.0+",
                "licenseref-x-Y",
                "((mit))",
                "MIT MIT",
                "mit+ with classpath-exception-2.0",
                "LicenseRef-a_b",
                "LicenseRef-x+",
                "()",
                "(MIT",
                "MIT)",
                "",
                "MIT or",
                "MIT WITH (Classpath-exception-2.0)",
                "(MIT) WITH Classpath-exception-2.0",
                "MIT WITH MIT",
                "with MIT",
                "LicenseRef-x WITH Classpath-exception-2.0",
                "MIT/Apache-2.0",
                "foo",
                "0bsd OR unlicense AND zlib");

        JsonArray theirs = oracle.run(texts, """
                from packaging.licenses import canonicalize_license_expression
                answer = [attempt(canonicalize_license_expression, text) for text in data]
                """).getAsJsonArray();

        for (int i = 0; i < texts.size(); i++) {
            String expected =
                    theirs.get(i).isJsonNull() ? "refused" : theirs.get(i).getAsString();
            assertThat(license(texts.get(i))).as(texts.get(i)).isEqualTo(expected);
        }
    }

    private static String license(String text) {
        try {
            return LicenseExpression.parse(text).toString();
        } catch (MalformedException e) {
            return "refused";
        }
    }
}

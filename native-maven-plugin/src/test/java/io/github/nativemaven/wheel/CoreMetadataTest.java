package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.Pep440Version;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.wheel.CoreMetadata.Builder;
import io.github.nativemaven.wheel.CoreMetadata.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CoreMetadataTest {
    private static final String LONGEST_LABEL = "a label of thirty-two characters";

    /** Has a value for every field that may stand beside the others. */
    static CoreMetadata full() {
        return builder()
                .add(Field.OBSOLETES, "old")
                .add(Field.PROVIDES, "mod")
                .add(Field.REQUIRES, "re")
                .add(Field.DOWNLOAD_URL, "https://example.com/a.zip")
                .add(Field.HOME_PAGE, "https://example.com/")
                .add(Field.OBSOLETES_DIST, "Gorgon")
                .add(Field.PROVIDES_DIST, "Other (1.0)")
                .add(Field.IMPORT_NAMESPACE, "zope")
                .addAll(Field.IMPORT_NAME, List.of("my_fast_lib", "my_fast_lib._core;private"))
                .requires("Fast_Path", Requirement.parse("numpy>=1.20"))
                .projectUrl(LONGEST_LABEL, "https://example.com/issues")
                .add(Field.REQUIRES_EXTERNAL, "libpng (>=1.5)")
                .add(Field.REQUIRES_PYTHON, ">= 3.8, <4")
                .requires(Requirement.parse("attrs ; python_version<'3.10'"))
                .requires("fast.path", Requirement.parse("scipy"))
                .add(Field.CLASSIFIER, "Programming Language :: Rust")
                .add(Field.LICENSE_FILE, "licenses/LICENSE.MIT")
                .add(Field.LICENSE_EXPRESSION, "mit or apache-2.0")
                .add(Field.MAINTAINER_EMAIL, CoreMetadata.mailbox("Müller, \"J\"", "j@example.com"))
                .add(Field.MAINTAINER, "J. Müller")
                .add(Field.AUTHOR_EMAIL, CoreMetadata.mailbox("Ada L", "ada@example.com"))
                .add(Field.AUTHOR, "Ada")
                .add(Field.KEYWORDS, "rust, fast ,,python")
                .add(Field.DESCRIPTION_CONTENT_TYPE, CoreMetadata.contentTypeOf("docs/README.MD"))
                .add(Field.DESCRIPTION, "# Title\r\n\r\nText: with colon\rEnd")
                .add(Field.SUMMARY, " In one line\n")
                .add(Field.SUPPORTED_PLATFORM, "RedHat 7.2")
                .add(Field.PLATFORM, "ObscureUnix")
                .add(Field.DYNAMIC, "description")
                .build();
    }

    private static Builder builder() {
        return CoreMetadata.builder(new DistributionName("My.Fast-Lib"), Pep440Version.parse("1.0-RC1"));
    }

    @Test
    void writesFieldsInTheOrderOfTheSpecification() {
        assertThat(full().write()).isEqualTo("""
                        Metadata-Version: 2.5
                        Name: My.Fast-Lib
                        Version: 1.0rc1
                        Dynamic: Description
                        Platform: ObscureUnix
                        Supported-Platform: RedHat 7.2
                        Summary: In one line
                        Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM
                        Keywords: rust,fast,python
                        Author: Ada
                        Author-email: Ada L <ada@example.com>
                        Maintainer: J. Müller
                        Maintainer-email: "Müller, \\"J\\"" <j@example.com>
                        License-Expression: MIT OR Apache-2.0
                        License-File: licenses/LICENSE.MIT
                        Classifier: Programming Language :: Rust
                        Requires-Dist: numpy>=1.20; extra == "fast-path"
                        Requires-Dist: attrs; python_version < "3.10"
                        Requires-Dist: scipy; extra == "fast-path"
                        Requires-Python: >=3.8,<4
                        Requires-External: libpng (>=1.5)
                        Project-URL: a label of thirty-two characters, https://example.com/issues
                        Provides-Extra: fast-path
                        Import-Name: my_fast_lib
                        Import-Name: my_fast_lib._core; private
                        Import-Namespace: zope
                        Provides-Dist: Other (1.0)
                        Obsoletes-Dist: Gorgon
                        Home-page: https://example.com/
                        Download-URL: https://example.com/a.zip
                        Requires: re
                        Provides: mod
                        Obsoletes: old

                        # Title

                        Text: with colon
                        End
                        """);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(CoreMetadata.parse(full().write())).isEqualTo(full()).hasToString(full().write());
        assertThat(full().requirements()).hasSize(3);
        assertThat(full().requiresPython()).hasToString(">=3.8,<4");
        assertThat(full().value(Field.SUMMARY)).contains("In one line");
        assertThat(full().version()).hasToString("1.0rc1");
    }

    @Test
    void writesTheLowestVersionThatHasAllFields() {
        assertThat(builder().build().write()).isEqualTo("""
                        Metadata-Version: 2.4
                        Name: My.Fast-Lib
                        Version: 1.0rc1
                        """);
        assertThat(builder().add(Field.IMPORT_NAME, "").build().write())
                .startsWith("Metadata-Version: 2.5\n")
                .endsWith("\nImport-Name:\n");
    }

    @ParameterizedTest
    @EnumSource
    void noHeaderHasALineBreak(Field field) {
        if (field != Field.DESCRIPTION) {
            for (String lineBreak : List.of("\n", "\r", "\r\n", "\u000b", "\f", "\u0085", "\u2028", "\u0000")) {
                assertThatThrownBy(() -> builder().add(field, "a" + lineBreak + "Injected: b"))
                        .isInstanceOf(MalformedException.class)
                        .hasMessageStartingWith("metadata field " + field + " 'a")
                        .hasMessageEndingWith("expected one line without control characters");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAME                     | b                       | there already, as 'My.Fast-Lib'",
                "DYNAMIC                  | Version                 | expected the name of a metadata field other than",
                "DYNAMIC                  | Nonsense                | expected the name of a metadata field other than",
                "DESCRIPTION_CONTENT_TYPE | text/html               | expected text/markdown, text/x-rst or text/plain",
                "DESCRIPTION_CONTENT_TYPE | text/x-rst; variant=GFM | expected charset=UTF-8, and",
                "DESCRIPTION_CONTENT_TYPE | text/plain; charset=x   | expected charset=UTF-8",
                "DESCRIPTION_CONTENT_TYPE | text/markdown; variant=x| expected variant=GFM or variant=CommonMark",
                "DESCRIPTION_CONTENT_TYPE | text/plain;             | expected charset=UTF-8, and",
                "DESCRIPTION_CONTENT_TYPE | text/plain; charset=utf-8; Charset=UTF-8 | expected charset only once",
                "LICENSE_EXPRESSION       | MIT 2                   | expected AND, OR, WITH",
                "LICENSE_FILE             | ../LICENSE              | expected a path below the project's root",
                "LICENSE_FILE             | /LICENSE                | expected a path below the project's root",
                "LICENSE_FILE             | a\\LICENSE              | expected a path below the project's root",
                "REQUIRES_DIST            | a>=x                    | after >= at character 4",
                "REQUIRES_PYTHON          | 3.8                     | expected one of ~=, ==",
                "PROJECT_URL              | https://example.com     | expected a label, a comma and a URL",
                "PROJECT_URL              | a label of thirty-three character, x:y | at most 32 characters",
                "PROJECT_URL              | Home, example.com       | expected a URL with its scheme",
                "HOME_PAGE                | https://a b             | expected a URL with its scheme",
                "PROVIDES_EXTRA           | a b                     | with a letter or digit first and last",
                "IMPORT_NAME              | my-lib                  | expected what an import statement can have",
                "IMPORT_NAME              | a.class                 | expected what an import statement can have",
                "IMPORT_NAME              | a; public               | expected what an import statement can have",
                "IMPORT_NAMESPACE         | ; private               | expected what an import statement can have",
            })
    void refusesValuesAndNamesTheField(Field field, String value, String reason) {
        assertThatThrownBy(() -> builder().add(field, value))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("metadata field " + field + " '" + value + "': ")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesALicenseTwice() {
        Builder legacy = builder().add(Field.LICENSE_EXPRESSION, "MIT").add(Field.LICENSE, "MIT");

        assertThatThrownBy(legacy::build)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("License 'MIT': License-Expression says it: MIT");
        assertThat(builder()
                        .add(Field.LICENSE, "MIT")
                        .add(Field.CLASSIFIER, "License :: x")
                        .build()
                        .fields())
                .containsKeys(Field.LICENSE, Field.CLASSIFIER);
        assertThat(builder()
                        .add(Field.LICENSE_EXPRESSION, "MIT")
                        .add(Field.CLASSIFIER, "License :: x")
                        .build()
                        .fields())
                .as("which is deprecated, and taken by indexes")
                .containsKeys(Field.LICENSE_EXPRESSION, Field.CLASSIFIER);
    }

    @Test
    void refusesNamesTwice() {
        assertThatThrownBy(() -> builder()
                        .addAll(Field.PROVIDES_EXTRA, List.of("A_b", "a-b"))
                        .build())
                .hasMessageContaining("Provides-Extra 'a-b': it is there already, perhaps spelled otherwise");
        assertThatThrownBy(() ->
                        builder().addAll(Field.IMPORT_NAME, List.of("", "a")).build())
                .hasMessageContaining("an empty name says that there are none");
        assertThatThrownBy(() -> builder()
                        .add(Field.IMPORT_NAME, "a; private")
                        .add(Field.IMPORT_NAMESPACE, "a")
                        .build())
                .hasMessageContaining("Import-Namespace 'a': it is an Import-Name too");
        assertThatThrownBy(() -> builder().projectUrl("a, b", "https://example.com/"))
                .hasMessageContaining("expected a label without a comma");
    }

    @Test
    void passesBlankValuesOver() {
        assertThat(builder()
                        .add(Field.SUMMARY, " \n")
                        .add(Field.KEYWORDS, " , ")
                        .add(Field.DESCRIPTION, "\n")
                        .build())
                .isEqualTo(builder().build());
    }

    @Test
    void readsWhatOthersWrite() {
        CoreMetadata metadata = CoreMetadata.parse("""
                metadata-version: 2.1\r
                NAME: Foo_bar
                Version: 01.0
                Unknown-Field: x
                License: This software may only
                        be obtained
                  by post.
                Home-page:
                Description: First
                       |  indented
                       |
                       |last
                Requires-Dist: zope.interface (>3.5.0)
                """);

        assertThat(metadata.write()).isEqualTo("""
                        Metadata-Version: 2.1
                        Name: Foo_bar
                        Version: 1.0
                        License: This software may only be obtained by post.
                        Requires-Dist: zope.interface>3.5.0

                        First
                          indented

                        last
                        """);
    }

    @Test
    void prefersTheBodyAndTheExpression() {
        CoreMetadata metadata = CoreMetadata.parse("""
                Metadata-Version: 2.4
                Name: a
                Version: 1
                License: old
                License-Expression: MIT
                Description: header

                body""");

        assertThat(metadata.value(Field.DESCRIPTION)).contains("body\n");
        assertThat(metadata.values(Field.LICENSE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | metadata field Name '",
                "Name: a                                | metadata field Version '",
                "\\n\\nName: a                          | metadata field Name '",
                "Name: a\\nName: b\\nVersion: 1         | metadata field Name 'a, b': expected it once",
                "Name: a\\nVersion: x                   | version 'x': expected numbers",
                "Name: a\\nVersion: 1\\nnonsense        | line 3 of metadata 'nonsense': expected a field's name, a colon",
                "' x: y'                                | line 1 of metadata ' x: y': expected a field's name, a colon",
                "Name: a\\nVersion: 1\\nSummary: x\\nSummary: y | metadata field Summary 'y': the field is there already, as 'x'",
                "Metadata-Version: 3.0\\nName: a\\nVersion: 1 | expected 1.0 to 2.6; a file of another major version",
            })
    void refusesWhatIsNoMetadata(String text, String reason) {
        assertThatThrownBy(() -> CoreMetadata.parse(text.replace("\\n", "\n")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "README.md, text/markdown; charset=UTF-8; variant=GFM",
        "a.b/README, text/plain; charset=UTF-8",
        "README.rst, text/x-rst; charset=UTF-8",
        "readme.TXT, text/plain; charset=UTF-8",
    })
    void knowsReadmes(String fileName, String contentType) {
        assertThat(CoreMetadata.contentTypeOf(fileName)).isEqualTo(contentType);
    }

    @Test
    void refusesOtherReadmes() {
        assertThatThrownBy(() -> CoreMetadata.contentTypeOf("README.html"))
                .hasMessageContaining("readme 'README.html': expected .md, .rst or .txt");
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT/Markdown;variant=gfm;charset=\"utf-8\", text/markdown; charset=UTF-8; variant=GFM",
        "text/markdown ; variant=commonmark, text/markdown; variant=CommonMark",
        "text/plain, text/plain",
    })
    void normalizesContentTypes(String value, String normal) {
        assertThat(builder().add(Field.DESCRIPTION_CONTENT_TYPE, value).build().value(Field.DESCRIPTION_CONTENT_TYPE))
                .contains(normal);
    }
}

package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.binary.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonPrologueTest {
    private static final String LINES = "added = 1\n";

    /** {@code @} is where the lines go. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "@import os\n",
                "@\n\nimport os\n",
                "#!/usr/bin/python\n# coding: latin-1\n\n@import os\n",
                "\"\"\"Doc.\"\"\"\n@import os\n",
                "\"\"\"Doc\n\n# 'no' comment; \\\"\"\" still\n\"\"\"\n@\n# said of os\nimport os\n",
                "'doc'\n@x = 'from __future__ import annotations'\n",
                "r'a\\'b'\n@import os\n",
                "\"a\" \\\n  'b'\n@import os\n",
                "from __future__ import annotations\n@from . import _core\n",
                "# licence\n\"doc\"\n# more\nfrom __future__ import (\n    annotations,  # )\n    division,\n)\n@import os\n",
                "\"doc\"\nfrom __future__ import annotations\n\n\nfrom __future__ import division  # why\n@\nx = 1\n",
                "from __future__ import a\\\nnnotations\n@import os\n",
                "@from os import path\n",
                "@from __futures__ import a\n",
                "@x = \"\"\"\n\"\"\"\n",
                "@def f():\n    'doc'\n"
            })
    void goesBeforeAllThatIsDone(String marked) {
        assertThat(PythonPrologue.insert(marked.replace("@", ""), LINES)).isEqualTo(marked.replace("@", LINES));
    }

    @Test
    void keepsLineFeedsAndMarks() {
        assertThat(PythonPrologue.insert("'doc'\r\nimport os\r\n", LINES))
                .isEqualTo("'doc'\r\nadded = 1\r\nimport os\r\n");
        assertThat(PythonPrologue.insert("\u00ef\u00bb\u00bfimport os\n", LINES))
                .isEqualTo("\u00ef\u00bb\u00bfadded = 1\nimport os\n");
        assertThat(PythonPrologue.insert("'doc'", LINES)).isEqualTo("'doc'\nadded = 1\n");
        assertThat(PythonPrologue.insert("from __future__ import annotations; import os\n", LINES))
                .isEqualTo("from __future__ import annotations\nadded = 1\nimport os\n");
        assertThat(PythonPrologue.insert("'doc'; from __future__ import annotations; x = 2; y = 3\n", LINES))
                .isEqualTo("'doc'; from __future__ import annotations\nadded = 1\nx = 2; y = 3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"\"\"never ends", "'a\\", "from __future__ import (", "'a' \\", "#"})
    void whatIsNoPythonEndsNowhereElse(String module) {
        assertThat(PythonPrologue.insert(module, LINES)).contains(LINES).startsWith(module);
    }

    /** Python's own opinion: the docstring is one, and imports from __future__ are allowed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# coding: latin-1\n'''Do\u00e9c; \\\n'''\nfrom __future__ import annotations; y = added + 1\n",
                "'Do\u00e9c; '\nfrom __future__ import (annotations,\n  division); y = added + 1",
                "\n\n'Do\u00e9' 'c; '\ny = added + 1\n"
            })
    void pythonAgrees(String module, @TempDir Path directory) throws Exception {
        boolean latin = module.contains("latin-1");
        byte[] bytes = module.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        String inserted = PythonPrologue.insert(new String(bytes, StandardCharsets.ISO_8859_1), LINES);
        Files.write(directory.resolve("mod.py"), inserted.getBytes(StandardCharsets.ISO_8859_1));

        String answer = Tools.output(
                "python3",
                "-c",
                "import sys; sys.path.insert(0, sys.argv[1]); import mod; print(ascii(mod.__doc__.strip()), mod.y)",
                directory.toString());

        assertThat(answer.strip()).isEqualTo("'Do\\xe9c;' 2");
    }
}

package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nativemaven.platform.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenseExpressionTest {

    @ParameterizedTest
    @CsvSource({
        "MIT, MIT",
        "mit, MIT",
        "apache-2.0 or mit, Apache-2.0 OR MIT",
        "MIT  AND(bsd-3-clause OR\tisc ), MIT AND (BSD-3-Clause OR ISC)",
        "((mit)), ((MIT))",
        "MIT OR GPL-2.0-or-later OR (FSFUL AND BSD-2-Clause), MIT OR GPL-2.0-or-later OR (FSFUL AND BSD-2-Clause)",
        "gpl-3.0-only with classpath-exception-2.0 or BSD-3-Clause, GPL-3.0-only WITH Classpath-exception-2.0 OR BSD-3-Clause",
        "gpl-2.0+, GPL-2.0+",
        "apache-2.0+, Apache-2.0+",
        "licenseref-My.Own-1, LicenseRef-My.Own-1",
        "LicenseRef-x WITH llvm-exception, LicenseRef-x WITH LLVM-exception",
    })
    void printsInOneWay(String text, String printed) {
        LicenseExpression expression = LicenseExpression.parse(text);

        assertThat(expression).hasToString(printed);
        assertThat(LicenseExpression.parse(printed)).isEqualTo(expression).hasSameHashCodeAs(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | expected a license or '(' at its end",
                "MIT or | expected a license or '(' at its end",
                "MIT MIT | expected AND, OR, WITH or ')', not 'MIT'",
                "MIT with | expected an exception, such as LLVM-exception at its end",
                "MIT with MIT | 'MIT' is not an exception on the SPDX License List",
                "MIT with (LLVM-exception) | not '('",
                "(MIT) with LLVM-exception | not 'with'",
                "(MIT | expected ')' at its end",
                "MIT) | ')' without '('",
                "() | expected a license or '(', not ')'",
                "or MIT | 'or' is not on the SPDX License List",
                "Use-it-after-midnight | 'Use-it-after-midnight' is not on the SPDX License List",
                "Apache 2.0 | 'Apache' is not on the SPDX License List",
                "MIT/Apache-2.0 | 'MIT/Apache-2.0' is not on the SPDX License List",
                "LicenseRef-a_b | not 'a_b'",
                "LicenseRef- | after LicenseRef-, not ''",
                "LicenseRef-x+ | not 'x+'",
                "MIT++ | 'MIT++' is not on the SPDX License List",
            })
    void refuses(String text, String reason) {
        assertThatThrownBy(() -> LicenseExpression.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("license expression '" + text + "': ")
                .hasMessageContaining(reason);
    }

    @Test
    void readsCargosOldForm() {
        assertThat(LicenseExpression.ofCargo("MIT/Apache-2.0")).hasToString("MIT OR Apache-2.0");
        assertThat(LicenseExpression.ofCargo("mit or Apache-2.0")).hasToString("MIT OR Apache-2.0");
        assertThatThrownBy(() -> LicenseExpression.ofCargo("MIT/X"))
                .hasMessageStartingWith("license expression 'MIT/X': ");
    }
}

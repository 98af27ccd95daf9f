package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainHeaderTest {
    @Test
    void keepsDeclarationsAndNumbersOnTheirLines() {
        assertThat(PlainHeader.of("""
                #ifndef IT_H
                #define IT_H
                #include <stdint.h>
                #define LIMIT 42
                #define MASK 0xFFu
                #define TWICE(x) ((x) * 2)
                #define NAME "it"
                #ifdef __cplusplus
                extern "C" {
                #endif
                struct point { int x; };
                uint32_t sum(uint32_t a,
                    uint32_t b); // # of it
                #ifdef __cplusplus
                }
                #endif
                #endif
                """)).isEqualTo("""



                #define LIMIT 42
                #define MASK 0xFFu





                struct point { int x; };
                uint32_t sum(uint32_t a,
                    uint32_t b); // # of it




                """);
    }

    @Test
    void aDirectiveGoesAwayWithTheLinesThatContinueIt() {
        assertThat(PlainHeader.of("#define TWICE(x) \\\n    ((x) * 2)\nint one(void);\n"))
                .isEqualTo("\nint one(void);\n");
    }
}

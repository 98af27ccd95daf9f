package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import io.github.nativemaven.platform.PlatformTag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    @ParameterizedTest
    @CsvSource({
        "X86_64, GNU, 2_5 2_12 2_17 2_24 2_26 2_27 2_28 2_31 2_34 2_35 2_36 2_37 2_38 2_39 2_40 2_41",
        "I686, GNU, 2_5 2_12 2_17 2_24 2_26 2_27 2_28 2_31 2_34 2_35 2_36 2_37 2_38 2_39 2_40 2_41",
        "AARCH64, GNU, 2_17 2_24 2_26 2_27 2_28 2_31 2_34 2_35 2_36 2_37 2_38 2_39 2_40 2_41",
        "S390X, GNU, 2_17 2_24 2_26 2_27 2_28 2_31 2_34 2_35 2_36 2_37 2_38 2_39 2_40 2_41",
        "PPC64, GNU, 2_17",
        "RISCV64, GNU, 2_31 2_34 2_35 2_36 2_37 2_38 2_39 2_40 2_41",
        "LOONGARCH64, GNU, 2_36 2_37 2_38 2_39 2_40 2_41",
        "ARMV6L, GNU, ''",
        "X86_64, MUSL, 1_1 1_2",
        "LOONGARCH64, MUSL, 1_2",
        "PPC64, MUSL, ''",
        "X86_64, MSVC, ''",
        "AARCH64, SYSTEM, ''"
    })
    void eachMachineHasItsPolicies(Architecture architecture, CLibrary libc, String expected) {
        String prefix = libc == CLibrary.GNU ? "manylinux_" : "musllinux_";
        List<String> tags = expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ")).stream()
                        .map(version -> prefix + version + "_" + architecture.linux())
                        .toList();

        assertThat(Policy.of(architecture, libc)).extracting(Policy::toString).isEqualTo(tags);
    }

    @ParameterizedTest
    @CsvSource({
        "manylinux_2_5_x86_64, manylinux_2_5_x86_64.manylinux1_x86_64",
        "manylinux_2_12_i686, manylinux_2_12_i686.manylinux2010_i686",
        "manylinux_2_17_x86_64, manylinux_2_17_x86_64.manylinux2014_x86_64",
        "manylinux2014_s390x, manylinux_2_17_s390x.manylinux2014_s390x",
        "manylinux_2_28_x86_64, manylinux_2_28_x86_64",
        "musllinux_1_2_aarch64, musllinux_1_2_aarch64"
    })
    void theFirstOnesHaveAnOlderName(String tag, String wheelTag) {
        assertThat(policy(tag).wheelTag()).isEqualTo(wheelTag);
        assertThat(policy(tag).tags()).isEqualTo(PlatformTag.parseSet(wheelTag));
    }

    /** The limits that PEPs 513, 571 and 599 state, one version on each side. */
    @ParameterizedTest
    @CsvSource({
        "manylinux_2_5_x86_64, GLIBC_2.5, GLIBC_2.6",
        "manylinux_2_5_x86_64, GLIBC_2.2.5, GLIBC_2.14",
        "manylinux_2_5_x86_64, GLIBC_2.4, GLIBC_2.5.1",
        "manylinux_2_5_x86_64, GCC_4.2.0, GCC_4.3.0",
        "manylinux_2_5_x86_64, CXXABI_1.3.1, CXXABI_1.3.2",
        "manylinux_2_5_x86_64, GLIBCXX_3.4.8, GLIBCXX_3.4.9",
        "manylinux_2_12_x86_64, GLIBC_2.12, GLIBC_2.13",
        "manylinux_2_12_x86_64, CXXABI_1.3.3, CXXABI_1.3.4",
        "manylinux_2_12_i686, GCC_4.5.0, GCC_4.6.0",
        "manylinux_2_12_x86_64, GLIBCXX_3.4.13, GLIBCXX_3.4.14",
        "manylinux_2_12_x86_64, ZLIB_1.2.2.4, ZLIB_1.2.3",
        "manylinux_2_17_x86_64, GLIBC_2.17, GLIBC_2.18",
        "manylinux_2_17_x86_64, CXXABI_1.3.7, CXXABI_1.3.8",
        "manylinux_2_17_x86_64, CXXABI_TM_1, CXXABI_FLOAT128",
        "manylinux_2_17_x86_64, GLIBCXX_3.4.19, GLIBCXX_3.4.20",
        "manylinux_2_17_x86_64, GCC_4.8.0, GCC_4.9.0",
        "manylinux_2_17_aarch64, GLIBC_2.18, GLIBC_2.19",
        "manylinux_2_24_aarch64, GLIBC_2.24, GLIBC_2.25",
        "manylinux_2_17_ppc64le, GLIBCXX_LDBL_3.4.10, GLIBCXX_LDBL_3.4.21",
        "manylinux_2_24_armv7l, CXXABI_ARM_1.3.3, CXXABI_FLOAT128",
        "manylinux_2_28_x86_64, GLIBC_2.28, GLIBC_2.29",
        "manylinux_2_28_x86_64, GLIBCXX_3.4.24, GLIBCXX_3.4.25",
        "manylinux_2_34_x86_64, GLIBCXX_3.4.29, GLIBCXX_3.4.30",
        "manylinux_2_34_aarch64, GCC_11.0, GCC_12.0.0",
        "manylinux_2_36_x86_64, GLIBC_ABI_DT_RELR, GLIBC_PRIVATE",
        "manylinux_2_36_loongarch64, GLIBC_2.36, GLIBC_2.37",
        "manylinux_2_39_x86_64, GCC_14.0.0, GCC_15.0.0",
        "manylinux_2_39_x86_64, LIBATOMIC_1.2, LIBATOMIC_1.3",
        "manylinux_2_41_riscv64, GLIBC_2.41, GLIBC_2.42",
        // Kinds of versions that no policy knows have no limit.
        "manylinux_2_17_x86_64, OPENSSL_3.0.0, GLIBC_ABI_DT_RELR",
        // Versions between those of the table.
        "manylinux_2_20_x86_64, GLIBC_2.20, GLIBC_2.21",
        "manylinux_2_20_x86_64, GLIBCXX_3.4.19, GLIBCXX_3.4.20",
        "manylinux_2_50_x86_64, GLIBC_2.50, GLIBC_2.51",
        "musllinux_1_1_aarch64, ZLIB_1.2.9, ZLIB_1.2.12",
        "musllinux_1_2_x86_64, ZLIB_1.2.3.4, GLIBC_2.2.5"
    })
    void versionsHaveLimits(String tag, String has, String lacks) {
        assertThat(policy(tag).hasVersion(has)).as(has).isTrue();
        assertThat(policy(tag).hasVersion(lacks)).as(lacks).isFalse();
    }

    @Test
    void aLimitIsOfItsKind() {
        Policy policy = policy("manylinux_2_17_x86_64");

        assertThat(policy.limitOf("GLIBC_2.34")).contains("GLIBC_2.17");
        assertThat(policy.limitOf("GLIBCXX_3.4.30")).contains("GLIBCXX_3.4.19");
        assertThat(policy.limitOf("GLIBC_ABI_DT_RELR")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "manylinux_2_5_x86_64, libc.so.6, true",
        "manylinux_2_5_x86_64, ld-linux-x86-64.so.2, true",
        "manylinux_2_17_aarch64, ld-linux-aarch64.so.1, true",
        "manylinux_2_17_s390x, ld64.so.1, true",
        "manylinux_2_17_ppc64le, ld64.so.2, true",
        "manylinux_2_5_x86_64, libz.so.1, true",
        "manylinux_2_5_x86_64, libexpat.so.1, false",
        "manylinux_2_12_x86_64, libexpat.so.1, true",
        "manylinux_2_17_x86_64, libmvec.so.1, false",
        "manylinux_2_24_x86_64, libmvec.so.1, true",
        "manylinux_2_41_x86_64, libssl.so.3, false",
        "manylinux_2_41_x86_64, libcrypt.so.1, false",
        "manylinux_2_41_x86_64, libc.so, false",
        "musllinux_1_2_x86_64, libc.so, true",
        "musllinux_1_2_x86_64, libc.musl-x86_64.so.1, true",
        "musllinux_1_2_x86_64, ld-musl-x86_64.so.1, true",
        "musllinux_1_2_x86_64, libc.so.6, false",
        "musllinux_1_2_x86_64, libgcc_s.so.1, false"
    })
    void librariesAreListed(String tag, String library, boolean listed) {
        assertThat(policy(tag).hasLibrary(library)).isEqualTo(listed);
    }

    @ParameterizedTest
    @CsvSource({
        "manylinux_2_17_x86_64, libc.so.6, __cxa_thread_atexit_impl, true",
        "manylinux_2_24_x86_64, libc.so.6, __cxa_thread_atexit_impl, false",
        "manylinux_2_31_x86_64, libz.so.1, uncompress2, true",
        "manylinux_2_34_x86_64, libz.so.1, uncompress2, false",
        "manylinux_2_41_x86_64, libz.so.1, inflate_table, true",
        "manylinux_2_41_x86_64, libz.so.1, inflate, false",
        "musllinux_1_2_x86_64, libz.so.1, inflate_table, true"
    })
    void symbolsAreForbidden(String tag, String library, String symbol, boolean forbidden) {
        assertThat(policy(tag).forbidden().getOrDefault(library, Set.of()).contains(symbol))
                .isEqualTo(forbidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux_x86_64",
                "macosx_11_0_arm64",
                "any",
                "manylinux_2_4_x86_64",
                "manylinux_3_0_x86_64",
                "manylinux_2_5_aarch64",
                "manylinux_2_17_armv6l",
                "musllinux_1_0_x86_64"
            })
    void otherTagsHaveNoPolicy(String tag) {
        assertThat(Policy.of(PlatformTag.parse(tag))).isEmpty();
    }

    /** PEP 600: what an older system has, each newer one has. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void eachPolicyHasWhatTheOneBeforeHas(Architecture architecture) {
        for (CLibrary libc : List.of(CLibrary.GNU, CLibrary.MUSL)) {
            Policy before = null;
            for (Policy policy : Policy.of(architecture, libc)) {
                if (before != null) {
                    assertThat(policy.libraries()).containsAll(before.libraries());
                    // The newer zlib of later systems exports fewer and more symbols, but never forbids one anew.
                    Policy older = before;
                    policy.forbidden()
                            .forEach((library, symbols) ->
                                    assertThat(older.forbidden().get(library)).containsAll(symbols));
                    assertThat(new HashSet<>(before.limits().values())).allMatch(policy::hasVersion);
                }
                before = policy;
            }
        }
    }

    private static Policy policy(String tag) {
        Optional<Policy> policy = Policy.of(PlatformTag.parse(tag));
        assertThat(policy).as(tag).isPresent();
        return policy.orElseThrow();
    }
}

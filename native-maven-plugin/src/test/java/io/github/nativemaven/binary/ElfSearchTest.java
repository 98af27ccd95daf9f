package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.CLibrary;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfSearchTest {
    @TempDir
    Path root;

    @BeforeEach
    void realPath() throws IOException {
        root = root.toRealPath();
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private LibrarySearch search() throws IOException {
        return new ElfSearch(
                List.of(directory("environment")), List.of(directory("build")), List.of(directory("system")));
    }

    /** Where the library is found, when it is in all of these places. */
    @ParameterizedTest
    @CsvSource({
        "'', '', environment build system, environment",
        "'', '', build system, build",
        "'', '', system, system",
        "$ORIGIN/own, '', own environment, own",
        "${ORIGIN}/own, '', own environment, own",
        "'', $ORIGIN/own, own environment, environment",
        "'', $ORIGIN/own, own build, own",
        "/ROOT/old, $ORIGIN/own, old own, own",
        "$ORIGIN/$LIB, '', lib64 system, lib64",
        "$ORIGINAL/own, '', own system, system",
        "relative, '', relative system, system",
        "'', '', elsewhere, ''",
    })
    void looksWhereTheLoaderWould(String rpath, String runpath, String places, String expected) throws IOException {
        ElfImage image = ElfImage.x86().needed("liba.so.1");
        if (!rpath.isEmpty()) {
            image.rpath(rpath.replace("/ROOT", root.toString()));
        }
        if (!runpath.isEmpty()) {
            image.runpath(runpath);
        }
        ElfFile needer = image.read(root.resolve("needer.so"));
        for (String place : places.split(" ")) {
            ElfImage.x86().write(directory(place).resolve("liba.so.1"));
        }

        LibrarySearch.Outcome outcome = search().find("liba.so.1", needer, List.of());

        String found = outcome.library()
                .map(library -> root.relativize(library.path().getParent()).toString())
                .orElse("");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void anOldRunPathIsForAllThatIsNeededThroughIt() throws IOException {
        ElfFile first = ElfImage.x86().rpath("$ORIGIN/own").read(root.resolve("first.so"));
        ElfFile second = ElfImage.x86().read(directory("far").resolve("second.so"));
        ElfFile third = ElfImage.x86().runpath("/nowhere").read(directory("far").resolve("third.so"));
        Path library = ElfImage.x86().write(directory("own").resolve("liba.so"));

        assertThat(search().find("liba.so", second, List.of(first)).library().map(BinaryFile::path))
                .contains(library);
        assertThat(search().find("liba.so", third, List.of(first)).library()).isEmpty();
    }

    @Test
    void linksAreFollowedAndOtherMachinesPassedOver() throws IOException {
        ElfFile needer = ElfImage.x86().read(root.resolve("needer.so"));
        Path arm = new ElfImage(true, ByteOrder.LITTLE_ENDIAN, ElfImage.AARCH64)
                .write(directory("environment").resolve("liba.so"));
        Path script = Files.writeString(directory("build").resolve("liba.so"), "GROUP ( liba.so.1 )");
        Path real = ElfImage.x86().write(directory("system").resolve("liba.so.1.2"));
        Files.createSymbolicLink(root.resolve("system/liba.so"), real);

        LibrarySearch.Outcome outcome = search().find("liba.so", needer, List.of());

        assertThat(outcome.library().map(BinaryFile::path)).contains(real);
        assertThat(outcome.passedOver())
                .extracting(LibrarySearch.PassedOver::file)
                .containsExactly(arm, script);
        assertThat(search().find(real.toString(), needer, List.of()).library()).isPresent();
        assertThat(search().find("sub/liba.so", needer, List.of()).library()).isPresent();
    }

    @Test
    void theSystemsDirectoriesAreConfigured() throws IOException {
        for (String name : List.of("opt/a", "opt/b", "opt/c", "usr/lib/aarch64-linux-gnu", "lib64", "usr/lib", "lib")) {
            directory(name);
        }
        directory("etc/ld.so.conf.d");
        Files.writeString(root.resolve("etc/ld.so.conf"), "include ld.so.conf.d/*.conf # more\n/opt/c\n/opt/gone\n");
        Files.writeString(root.resolve("etc/ld.so.conf.d/2.conf"), "/opt/b=libc6\n");
        Files.writeString(root.resolve("etc/ld.so.conf.d/1.conf"), "/opt/a\ninclude /etc/ld.so.conf\n");
        Files.writeString(root.resolve("etc/ld-musl-aarch64.path"), "/opt/b:/opt/c\n/opt/a\n");

        assertThat(SystemDirectories.of(root, Architecture.AARCH64, CLibrary.GNU))
                .map(directory -> root.relativize(directory).toString())
                .containsExactly("opt/a", "opt/b", "opt/c", "usr/lib/aarch64-linux-gnu", "lib64", "lib", "usr/lib");
        assertThat(SystemDirectories.of(root, Architecture.AARCH64, CLibrary.MUSL))
                .map(directory -> root.relativize(directory).toString())
                .startsWith("opt/b", "opt/c", "opt/a");
    }
}

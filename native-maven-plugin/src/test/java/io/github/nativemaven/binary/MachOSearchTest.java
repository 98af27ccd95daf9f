package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachOSearchTest {
    private static final int LC_RPATH = 0x8000001c;
    private static final int LC_LOAD_DYLIB = 0xc;
    private static final int LC_LOAD_WEAK_DYLIB = 0x80000018;

    @TempDir
    Path root;

    @BeforeEach
    void realPath() throws IOException {
        root = root.toRealPath();
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private MachOSearch search() throws IOException {
        return new MachOSearch(
                List.of(directory("environment")), List.of(directory("build")), List.of(directory("fallback")));
    }

    private BinaryFile write(Path file, MachOImage image) throws IOException {
        return BinaryFile.read(Files.write(file, image.bytes()));
    }

    private MachOImage needing(String library, String... rpaths) {
        MachOImage image = MachOImage.arm64().library(LC_LOAD_DYLIB, library);
        for (String rpath : rpaths) {
            image.named(LC_RPATH, 12, rpath.replace("/ROOT", root.toString()));
        }
        return image;
    }

    private Optional<String> found(LibrarySearch.Outcome outcome) {
        return outcome.library()
                .map(library -> root.relativize(library.path().getParent()).toString());
    }

    /** Where a library is found, when it is in all of these places. */
    @ParameterizedTest
    @CsvSource({
        "@rpath/liba.dylib, '@loader_path/own', environment own build, environment",
        "@rpath/liba.dylib, '@loader_path/own', own build fallback, own",
        "@rpath/liba.dylib, '/ROOT/far /ROOT/own', own far, far",
        "@rpath/sub/liba.dylib, '@loader_path/own', own/sub own build, own/sub",
        "@rpath/liba.dylib, '', own build fallback, build",
        "@rpath/liba.dylib, '@executable_path/own', own fallback, fallback",
        "@rpath/liba.dylib, 'own', own fallback, fallback",
        "@loader_path/own/liba.dylib, '', own build, own",
        "@loader_path/../liba.dylib, '', own build, build",
        "@executable_path/own/liba.dylib, '', own build, build",
        "/ROOT/own/liba.dylib, '', own build, own",
        "/gone/liba.dylib, '', build fallback, build",
        "liba.dylib, '', . fallback, fallback",
        "@rpath/liba.dylib, '', own, ''",
    })
    void looksWhereTheLoaderWould(String library, String rpaths, String places, String expected) throws IOException {
        String name = library.replace("/ROOT", root.toString());
        String[] all = rpaths.isEmpty() ? new String[0] : rpaths.split(" ");
        BinaryFile needer = write(root.resolve("needer.dylib"), needing(name, all));
        for (String place : places.split(" ")) {
            write(directory(place).resolve("liba.dylib"), MachOImage.arm64());
        }
        LibrarySearch.Outcome outcome = search().find(name, needer, List.of());
        assertThat(found(outcome).orElse("")).isEqualTo(expected);
    }

    /** A run path is for all that is needed through the file, and says where that file lies. */
    @Test
    void runPathsOfThoseThatLedThereCount() throws IOException {
        BinaryFile first = write(root.resolve("first.dylib"), needing("@rpath/x/second.dylib", "@loader_path/own"));
        BinaryFile second = write(directory("far").resolve("second.dylib"), needing("@rpath/liba.dylib"));
        write(directory("own").resolve("liba.dylib"), MachOImage.arm64());
        assertThat(found(search().find("@rpath/liba.dylib", second, List.of(first))))
                .contains("own");
        assertThat(found(search().find("@rpath/liba.dylib", second, List.of()))).isEmpty();
        assertThat(search().isOneForName()).isFalse();
    }

    @Test
    void whatIsForAnotherMachineOrNoLibraryIsPassedOver() throws IOException {
        MachOImage intel = new MachOImage(true, ByteOrder.LITTLE_ENDIAN, MachOImage.X86_64);
        Path other = directory("environment").resolve("liba.dylib");
        write(other, intel);
        Path text = Files.writeString(directory("build").resolve("liba.dylib"), "--- !tapi-tbd\n");
        write(directory("fallback").resolve("liba.dylib"), MachOImage.arm64());
        BinaryFile needer = write(root.resolve("needer.dylib"), needing("@rpath/liba.dylib"));
        LibrarySearch.Outcome outcome = search().find("@rpath/liba.dylib", needer, List.of());
        assertThat(found(outcome)).contains("fallback");
        assertThat(outcome.searched()).containsExactly(other.getParent(), text.getParent(), directory("fallback"));
        List<Optional<String>> damage = new ArrayList<>();
        outcome.passedOver().forEach(file -> damage.add(file.damage()));
        assertThat(damage).hasSize(2).first().isEqualTo(Optional.empty());
        assertThat(damage.get(1))
                .hasValueSatisfying(reason -> assertThat(reason).contains("a text file"));
    }

    @Test
    void onlyWhatEveryoneNeedsWeaklyMayBeMissing() throws IOException {
        BinaryFile weak = write(
                root.resolve("weak.dylib"),
                MachOImage.arm64().library(LC_LOAD_WEAK_DYLIB, "/x/a.dylib").library(LC_LOAD_DYLIB, "/x/b.dylib"));
        assertThat(search().mayBeMissing("/x/a.dylib", weak)).isTrue();
        assertThat(search().mayBeMissing("/x/b.dylib", weak)).isFalse();
    }
}

package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.UniversalWriter;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.OperatingSystem;
import io.github.nativemaven.system.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes one result of two for macOS, whose libraries and programs run on Intel's machines and on Apple's. */
public final class Universal2 {
    private Universal2() {}

    /** The results, those of the same ABI for both machines of macOS put together in the place of the first. */
    public static List<UnitResult> merge(List<UnitResult> results) throws IOException {
        List<UnitResult> merged = new ArrayList<>();
        for (UnitResult result : results) {
            Optional<UnitResult> intel = results.stream()
                    .filter(other -> is(other.unit(), Architecture.X86_64) && isSameAbi(other, result))
                    .findFirst();
            Optional<UnitResult> arm = results.stream()
                    .filter(other -> is(other.unit(), Architecture.AARCH64) && isSameAbi(other, result))
                    .findFirst();
            if (result.unit().target().os() != OperatingSystem.MACOS || intel.isEmpty() || arm.isEmpty()) {
                merged.add(result);
            } else if (result == intel.get()) {
                merged.add(both(intel.get(), arm.get()));
            }
        }
        return merged;
    }

    private static boolean is(Unit unit, Architecture architecture) {
        return unit.target().os() == OperatingSystem.MACOS && unit.target().architecture() == architecture;
    }

    private static boolean isSameAbi(UnitResult one, UnitResult other) {
        return one.unit().abi().label().equals(other.unit().abi().label());
    }

    private static UnitResult both(UnitResult intel, UnitResult arm) throws IOException {
        Path directory = arm.unit().directory().resolve("universal2");
        List<Path> further = new ArrayList<>();
        for (int i = 0; i < arm.further().size(); i++) {
            further.add(both(intel.further().get(i), arm.further().get(i), directory));
        }
        List<Path> programs = new ArrayList<>();
        for (int i = 0; i < arm.programs().size(); i++) {
            programs.add(both(intel.programs().get(i), arm.programs().get(i), directory));
        }
        Optional<Path> library = arm.library().isEmpty()
                ? Optional.empty()
                : Optional.of(both(intel.library().orElseThrow(), arm.library().get(), directory));
        List<Path> directories = Stream.concat(arm.libraryDirectories().stream(), intel.libraryDirectories().stream())
                .distinct()
                .toList();
        return new UnitResult(
                arm.unit(),
                library,
                further,
                programs,
                arm.generated(),
                arm.outDirectories(),
                directories,
                arm.packages(),
                intel.compiled() + arm.compiled(),
                intel.fresh() + arm.fresh(),
                intel.time().plus(arm.time()));
    }

    /** The same file as before keeps its time. */
    private static Path both(Path intel, Path arm, Path directory) throws IOException {
        Path file = directory.resolve(arm.getFileName());
        Path aside = directory.resolve(AtomicFiles.ASIDE + arm.getFileName());
        Files.createDirectories(directory);
        UniversalWriter.write(List.of(intel, arm), aside);
        if (Files.exists(file) && Files.mismatch(file, aside) < 0) {
            Files.delete(aside);
        } else {
            AtomicFiles.move(aside, file);
        }
        return file;
    }
}

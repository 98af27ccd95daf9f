package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.nativemaven.Interpreters;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.BuildOutcome;
import io.github.nativemaven.build.BuildProblem;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.system.Problem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProblemWordingTest {
    @Test
    void everyProblemHasWords() {
        List<String> without = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.github.nativemaven")
                        .stream()
                        .filter(type -> type.isAssignableTo(Problem.class) && !type.isInterface())
                        .map(JavaClass::reflect)
                        .filter(type -> !ProblemWording.has(type))
                        .map(Class::getName)
                        .toList();
        assertThat(without).isEmpty();
    }

    @Test
    void aFullDiskNamesFileAndWayOut() {
        assertThat(ProblemWording.ofSystem(new FileSystemException("a.whl", null, "No space left on device")))
                .startsWith("a.whl: No space left on device")
                .contains("mvn clean");
    }

    private static Unit unit(String release) {
        Abi abi = new Abi.VersionSpecific(Interpreters.of(release));
        return new Unit(
                TargetTriple.parse("x86_64-unknown-linux-gnu"), abi, Optional.empty(), Path.of("target", abi.label()));
    }

    private static BuildOutcome.Failed failed(String release, int errors) {
        Unit unit = unit(release);
        return new BuildOutcome.Failed(
                unit,
                new BuildProblem.CompilationFailed(
                                "mod", Path.of("Cargo.toml"), unit.label(), errors, true, List.of("no network"))
                        .asFailure());
    }

    @Test
    void severalUnitsAreNamedWithWhatTheyHaveInCommonOnce() {
        UnitResult built = new UnitResult(
                unit("3.13.1"),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                Set.of(),
                1,
                0,
                Duration.ZERO);
        BuildProblem problem = new BuildProblem.UnitsFailed(
                List.of(failed("3.9.1", 2), failed("3.10.1", 0), failed("3.11.1", 2)),
                List.of(unit("3.12.1")),
                List.of(built));
        assertThat(ProblemWording.of(problem.asFailure()).lines().map(String::strip))
                .containsExactly(
                        "3 of 5 units failed:",
                        "mod does not compile for cp39, cp311: 2 errors, shown above.",
                        "cargo failed for cp310:",
                        "no network",
                        "Not tried for cp312: the same crate failed for cp39.",
                        "The wheel for cp313 is in target/wheels.");
    }
}

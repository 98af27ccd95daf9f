package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.nativemaven.system.Problem;
import java.nio.file.FileSystemException;
import java.util.List;
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
}

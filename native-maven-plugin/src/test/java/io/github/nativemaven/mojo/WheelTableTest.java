package io.github.nativemaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.Interpreters;
import io.github.nativemaven.build.Abi;
import io.github.nativemaven.build.Unit;
import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.service.PackageService.Packed;
import io.github.nativemaven.service.PackageService.WheelsPacked;
import io.github.nativemaven.wheel.PackedWheel;
import io.github.nativemaven.wheel.WheelName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WheelTableTest {
    private static Packed packed(String python, int compiled, String... takenIn) {
        return packed("manylinux_2_34_x86_64", python, compiled, takenIn);
    }

    private static Packed packed(String platform, String python, int compiled, String... takenIn) {
        Interpreter interpreter = Interpreters.of(python);
        Unit unit = new Unit(
                TargetTriple.parse("x86_64-unknown-linux-gnu"),
                new Abi.VersionSpecific(interpreter),
                Optional.of(interpreter),
                Path.of("build"));
        UnitResult result = new UnitResult(
                unit,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                Set.of(),
                compiled,
                22 - compiled,
                Duration.ofMillis(1250));
        String tag = unit.label();
        WheelName name = WheelName.parse("mod-1.0-" + tag + "-" + tag + "-" + platform + ".whl");
        List<Path> libraries = Arrays.stream(takenIn).map(Path::of).toList();
        PackedWheel wheel =
                new PackedWheel(Path.of(name.toString()), name, 224_000, Optional.empty(), libraries, Optional.empty());
        return new Packed(result, wheel);
    }

    @Test
    void saysWhatWasDoneForEachWheel() {
        assertThat(WheelTable.of(new WheelsPacked(List.of(packed("3.11.7", 3), packed("3.12.1", 0)))))
                .isEqualTo("""
                        cp311   3 compiled      1.3 s    224 kB  manylinux_2_34    mod-1.0-cp311-cp311-manylinux_2_34_x86_64.whl
                        cp312   fresh           1.3 s    224 kB  manylinux_2_34    mod-1.0-cp312-cp312-manylinux_2_34_x86_64.whl""");
    }

    @Test
    void saysOnceWhatHoldsForSeveral() {
        String table = WheelTable.of(new WheelsPacked(List.of(
                packed("3.10.13", 0, "liba.so.1"),
                packed("3.11.7", 0, "liba.so.1"),
                packed("3.12.1", 0, "libb.so.2"),
                packed("3.13.0", 0))));

        assertThat(table.lines().map(line -> line.replaceAll(" {2,}.*mod-1.0", " ... mod-1.0")))
                .containsExactly(
                        "cp310 ... mod-1.0-cp310-cp310-manylinux_2_34_x86_64.whl",
                        "cp311 ... mod-1.0-cp311-cp311-manylinux_2_34_x86_64.whl",
                        "        with copies of liba.so.1",
                        "cp312 ... mod-1.0-cp312-cp312-manylinux_2_34_x86_64.whl",
                        "        with copies of libb.so.2",
                        "cp313 ... mod-1.0-cp313-cp313-manylinux_2_34_x86_64.whl");
    }

    @Test
    void callsBothMachinesOfMacosAsTheUserDoes() {
        assertThat(WheelTable.of(new WheelsPacked(List.of(packed("macosx_10_12_universal2", "3.11.7", 0)))))
                .startsWith("cp311 macos-universal2  fresh ")
                .contains("  macosx_10_12  ");
    }
}

package io.github.nativemaven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nativemaven.Interpreters;
import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.system.BuildFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineCheckTest {
    private static final TargetTriple LINUX = TargetTriple.parse("x86_64-unknown-linux-gnu");

    private static Interpreter interpreter(int pointerWidth, String platform, String soabi) {
        Interpreter usual = Interpreters.of("3.11.7");
        return new Interpreter(
                usual.executable(),
                usual.implementation(),
                usual.version(),
                usual.fullVersion(),
                false,
                false,
                usual.extensionSuffix(),
                soabi,
                pointerWidth,
                platform,
                usual.sharedLibrary(),
                usual.staticLibrary(),
                usual.libraryDirectory(),
                usual.prefix(),
                usual.basePrefix(),
                usual.baseExecutable(),
                usual.standardLibrary(),
                usual.scheme(),
                usual.markers());
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64-unknown-linux-gnu,      64, linux-x86_64,              cpython-311-x86_64-linux-gnu,      true",
        "x86_64-unknown-linux-gnu,      32, linux-x86_64,              cpython-311-i386-linux-gnu,        false",
        "x86_64-unknown-linux-gnu,      64, linux-x86_64,              cpython-311-aarch64-linux-gnu,     false",
        "x86_64-unknown-linux-gnu,      64, linux-x86_64,              cpython-311,                       true",
        "x86_64-unknown-linux-musl,     64, linux-x86_64,              cpython-311-x86_64-linux-musl,     true",
        "aarch64-unknown-linux-gnu,     64, linux-x86_64,              cpython-311-x86_64-linux-gnu,      false",
        "aarch64-unknown-linux-gnu,     64, linux-aarch64,             pypy311-pp73-aarch64-linux-gnu,    true",
        "i686-unknown-linux-gnu,        32, linux-i686,                cpython-311-i386-linux-gnu,        true",
        "armv7-unknown-linux-gnueabihf, 32, linux-armv7l,              cpython-311-arm-linux-gnueabihf,   true",
        "x86_64-pc-windows-msvc,        64, win-amd64,                 cp311-win_amd64,                   true",
        "x86_64-pc-windows-msvc,        32, win32,                     cp311-win32,                       false",
        "x86_64-pc-windows-msvc,        64, win-arm64,                 cp311-win_arm64,                   false",
        "x86_64-pc-windows-gnu,         64, mingw_x86_64,              cpython-311,                       true",
        "aarch64-apple-darwin,          64, macosx-11.0-arm64,         cpython-311-darwin,                true",
        "aarch64-apple-darwin,          64, macosx-10.9-universal2,    cpython-311-darwin,                true",
        "aarch64-apple-darwin,          64, macosx-10.9-x86_64,        cpython-311-darwin,                false",
    })
    void aPythonLoadsWhatIsMadeForItsMachine(
            String target, int pointerWidth, String platform, String soabi, boolean fits) {
        assertThat(MachineCheck.fits(TargetTriple.parse(target), interpreter(pointerWidth, platform, soabi)))
                .isEqualTo(fits);
    }

    @Test
    void oneThatWasAskedForIsAnErrorAndOthersAreLeftOut() {
        Interpreter good = Interpreters.of("3.11.7");
        Interpreter small = interpreter(32, "linux-i686", "cpython-311-i386-linux-gnu");
        RecordedEvents events = new RecordedEvents();
        assertThat(MachineCheck.fitting(LINUX, List.of(small, good), false, events))
                .containsExactly(good);
        assertThat(events.of(MachineCheck.LeftOut.class)).containsExactly(new MachineCheck.LeftOut(small, LINUX));
        for (List<Interpreter> none : List.of(List.of(small), List.of(good, small))) {
            boolean chosen = none.size() > 1;
            assertThat(catchThrowableOfType(BuildFailure.class, () -> MachineCheck.fitting(LINUX, none, chosen, events))
                            .problem())
                    .isEqualTo(new MachineCheck.OtherMachine(small, LINUX));
        }
        assertThat(MachineCheck.fitting(LINUX, List.of(), true, events)).isEmpty();
    }
}

package io.github.nativemaven.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.RecordedEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CargoMessagesTest {
    private final RecordedEvents events = new RecordedEvents();
    private final List<String> printed = new ArrayList<>();
    private final CargoMessages messages = new CargoMessages("cp311", events, printed::add);

    private CargoOutcome outcome() {
        return messages.outcome(0, Duration.ZERO);
    }

    @Test
    void readsArtifacts() {
        messages.output("""
                {"reason":"compiler-artifact","package_id":"path+file:///x#a@0.1.0","manifest_path":"/x/Cargo.toml",
                "target":{"kind":["cdylib"],"crate_types":["cdylib"],"name":"a","src_path":"/x/src/lib.rs"},
                "profile":{"opt_level":"3","test":false},"features":[],"filenames":["/t/liba.so"],"executable":null,
                "fresh":true}""".replace("\n", ""));
        messages.output("""
                {"reason":"compiler-artifact","package_id":"b","target":{"kind":["test"],"name":"b"},
                "profile":{"test":true},"filenames":["/t/b-1"],"executable":"/t/b-1","fresh":false}""".replace("\n", ""));
        assertThat(outcome().artifacts())
                .containsExactly(
                        new CargoOutcome.Artifact(
                                "path+file:///x#a@0.1.0",
                                "a",
                                List.of("cdylib"),
                                List.of(Path.of("/t/liba.so")),
                                Optional.empty(),
                                false,
                                true),
                        new CargoOutcome.Artifact(
                                "b",
                                "b",
                                List.of("test"),
                                List.of(Path.of("/t/b-1")),
                                Optional.of(Path.of("/t/b-1")),
                                true,
                                false));
        assertThat(outcome().compiled()).isEqualTo(1);
    }

    @Test
    void aLinkerThatFailsSaysItsLastLinesWithoutItsArguments() {
        messages.output("""
                {"reason":"compiler-message","package_id":"a","message":{"level":"error","message":"linking with `cc` failed: exit status: 1",
                "spans":[],"rendered":"a long text","children":[{"level":"note","message":" \\"cc\\" \\"-m64\\" \\"x.o\\""},
                {"level":"note","message":"some arguments are omitted. use `--verbose` to show all linker arguments"},
                {"level":"note","message":"ld: cannot find -lfoo\\ncollect2: error: ld returned 1 exit status\\n"}]}}""".replace("\n", ""));
        assertThat(events.of(CargoEvent.Diagnostic.class))
                .containsExactly(new CargoEvent.Diagnostic(
                        "cp311",
                        CargoEvent.Level.ERROR,
                        "error: linking with `cc` failed: exit status: 1\n  ld: cannot find -lfoo\n"
                                + "  collect2: error: ld returned 1 exit status"));
    }

    @Test
    void readsWhereBuildScriptsWrote() {
        messages.output("{\"reason\":\"build-script-executed\",\"package_id\":\"a\",\"out_dir\":\"/t/out\"}");
        messages.output("{\"reason\":\"build-script-executed\",\"package_id\":\"b\"}");
        assertThat(outcome().outDirectories()).isEqualTo(Map.of("a", Path.of("/t/out")));
    }

    @ParameterizedTest
    @CsvSource({
        "error,                          [1], ERROR,   error[E0425]: cannot find value, 1",
        "error: internal compiler error, [1], ERROR,   error: internal compiler error: boom, 1",
        "error,                          [],  ERROR,   error: linking with `cc` failed, 1",
        "warning,                        [1], WARNING, warning: unused variable, 0",
        "warning,                        [],  WARNING, warning: dropping something, 0",
        "note,                           [],  NOTE,    note: see this, 0",
        "failure-note,                   [],  NOTE,    For more information about this error, 0",
    })
    void passesOnDiagnostics(String level, String spans, CargoEvent.Level told, String text, int errors) {
        diagnostic(level, spans.equals("[]") ? "[]" : "[{}]", text + "\\n --> src/lib.rs:1:1\\n\\n");
        assertThat(events.of(CargoEvent.Diagnostic.class))
                .containsExactly(new CargoEvent.Diagnostic("cp311", told, text + "\n --> src/lib.rs:1:1"));
        assertThat(outcome().errors()).isEqualTo(errors);
    }

    private void diagnostic(String level, String spans, String rendered) {
        messages.output("{\"reason\":\"compiler-message\",\"message\":{\"level\":\"" + level + "\",\"spans\":" + spans
                + ",\"rendered\":\"" + rendered + "\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error: aborting due to 2 previous errors",
                "error: aborting due to 1 previous error; 1 warning emitted\\n\\n",
                "warning: 1 warning emitted",
                "warning: 12 warnings emitted",
                "\\u001b[0m\\u001b[1m\\u001b[38;5;9merror\\u001b[0m: aborting due to previous error"
            })
    void leavesOutSummariesThatCargoGivesItself(String rendered) {
        diagnostic(rendered.startsWith("warning") ? "warning" : "error", "[]", rendered);
        assertThat(events.of(CargoEvent.class)).isEmpty();
        assertThat(outcome().errors()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "running 1 test",
                "{\"a\": 1}",
                "{\"reason\":",
                "{\"reason\":\"timing-info\"}",
                "{\"reason\":\"x\"} y"
            })
    void passesOnEverythingElseThatIsPrinted(String line) {
        messages.output(line);
        assertThat(printed).containsExactly(line);
        assertThat(outcome().artifacts()).isEmpty();
    }

    @Test
    void readsTheProgressBarOutOfTheErrorOutput() {
        messages.error("   Compiling libc v0.2.1");
        messages.error("\r    Building [=====>      ] 3/22: libc, pyo3-ffi(build)  \r\u001b[K   Compiling pyo3 v0.28.3"
                + "\r    Building [==========> ] 21/22\u001b[K\r");
        messages.error("\u001b[K");
        messages.error("");
        assertThat(events.of(CargoEvent.class))
                .containsExactly(
                        new CargoEvent.Said("cp311", "   Compiling libc v0.2.1"),
                        new CargoEvent.Progress("cp311", 3, 22, "libc, pyo3-ffi(build)"),
                        new CargoEvent.Said("cp311", "   Compiling pyo3 v0.28.3"),
                        new CargoEvent.Progress("cp311", 21, 22, ""));
        assertThat(outcome().lastWords()).containsExactly("Compiling libc v0.2.1", "Compiling pyo3 v0.28.3");
    }

    /** Of a build script that failed, cargo shows everything. */
    @Test
    void whatABuildScriptHasToldCargoIsNotItsLastWord() {
        List.of(
                        "error: failed to run custom build command for `x v0.1.0`",
                        "  --- stdout",
                        "  cargo:rerun-if-env-changed=CXXFLAGS",
                        "  cargo::rustc-link-lib=z",
                        "  CXXFLAGS_aarch64-unknown-linux-gnu = None",
                        "  TARGET = Some(aarch64-unknown-linux-gnu)",
                        "  CXX is a = None of mine",
                        "  --- stderr",
                        "  failed to find tool \"aarch64-linux-gnu-g++\"")
                .forEach(messages::error);
        assertThat(outcome().lastWords())
                .containsExactly(
                        "error: failed to run custom build command for `x v0.1.0`",
                        "--- stdout",
                        "CXX is a = None of mine",
                        "--- stderr",
                        "failed to find tool \"aarch64-linux-gnu-g++\"");
    }

    @Test
    void keepsTheLastWordsWithoutColours() {
        for (int i = 1; i <= 25; i++) {
            messages.error("\u001b[31mline " + i + "\u001b[0m");
        }
        assertThat(outcome().lastWords()).hasSize(20).startsWith("line 6").endsWith("line 25");
        assertThat(events.of(CargoEvent.Said.class).get(0).line()).isEqualTo("\u001b[31mline 1\u001b[0m");
    }
}

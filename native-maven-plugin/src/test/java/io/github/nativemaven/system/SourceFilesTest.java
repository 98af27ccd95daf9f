package io.github.nativemaven.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nativemaven.OtherJvm;
import io.github.nativemaven.RecordedEvents;
import io.github.nativemaven.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {
    private final ProcessRunner processes = new ProcessRunner(Events.ignored());
    private final RecordedEvents events = new RecordedEvents();

    @TempDir
    Path directory;

    private List<String> list(Path below) throws IOException {
        return new SourceFiles(processes, new Links(directory, events))
                .list(below).stream().map(file -> Trees.relative(below, file)).toList();
    }

    private List<String> list() throws IOException {
        return list(directory);
    }

    private void git(Path in, String... arguments) {
        String[] command = new String[arguments.length + 5];
        List.of("git", "-c", "user.name=t", "-c", "user.email=t@t").toArray(command);
        System.arraycopy(arguments, 0, command, 5, arguments.length);
        ProcessRunner.Result result = processes.capture(Command.of(in, command), Duration.ofSeconds(20));
        assertThat(result.succeeded()).as(result.error()).isTrue();
    }

    private void repository(Path in) {
        git(in, "init", "-q", "-b", "main");
    }

    @Test
    void outsideOfGitAllButWhatProgramsMake() throws IOException {
        Trees.touch(
                directory,
                "b.py",
                "a/__init__.py",
                "a/__pycache__/x.pyc",
                "node_modules/x.js",
                ".venv/lib/x.py",
                "env/pyvenv.cfg",
                "env/lib/x.py",
                "out/CACHEDIR.TAG",
                "out/debug/x",
                "a/target/__init__.py",
                ".hidden");
        assertThat(list()).containsExactly(".hidden", "a/__init__.py", "a/target/__init__.py", "b.py");
    }

    /** @param inGit whether the project is in a repository, which lies above it then */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void linksAreFollowedOnceAndNeitherInCirclesNorOutOfTheProject(boolean inGit) throws IOException {
        Path project = Trees.touch(directory, "project/tree/a.py", "project/shared/s.py", "beside/b.py", "far/x.py")
                .resolve("project");
        Path far = Files.createTempDirectory("far");
        Trees.touch(far, "f.py");
        if (inGit) {
            repository(directory);
        }
        Path tree = project.resolve("tree");
        Files.createSymbolicLink(tree.resolve("inside"), project.resolve("shared"));
        Files.createSymbolicLink(tree.resolve("twice"), Path.of("../shared"));
        Files.createSymbolicLink(tree.resolve("beside"), Path.of("../../beside"));
        Files.createSymbolicLink(tree.resolve("far"), far);
        Files.createSymbolicLink(tree.resolve("itself"), Path.of("."));
        Files.createSymbolicLink(tree.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(project.resolve("shared/back"), tree);
        Files.createSymbolicLink(tree.resolve("nowhere.py"), directory.resolve("nowhere"));
        Files.createSymbolicLink(tree.resolve("file.py"), far.resolve("f.py"));
        List<String> listed = new ArrayList<>(List.of("a.py", "file.py", "inside/s.py", "twice/s.py"));
        listed.addAll(inGit ? List.of("beside/b.py") : List.of());
        assertThat(new SourceFiles(processes, new Links(project, events)).list(tree))
                .extracting(file -> Trees.relative(tree, file))
                .containsExactlyInAnyOrderElementsOf(listed);
        assertThat(events.of(Events.Warning.class))
                .extracting(Events.Warning::text)
                .anyMatch(text -> text.contains(tree.resolve("far") + " is a link to "))
                .hasSize(inGit ? 1 : 2);
        AtomicFiles.deleteTree(far);
    }

    @Test
    void inGitWhatIsKnownAndWhatIsNewButNotWhatIsIgnoredOrDeleted() throws IOException {
        repository(directory);
        Trees.write(directory, ".gitignore", "*.log\n/made/\n");
        Trees.touch(directory, "known.py", "deleted.py", "sub/known.py", "x.log", "made/y.py", "forced.log");
        git(directory, "add", "-f", ".gitignore", "known.py", "deleted.py", "sub/known.py", "forced.log");
        Files.delete(directory.resolve("deleted.py"));
        Trees.touch(directory, "new.py");
        assertThat(list()).containsExactly(".gitignore", "forced.log", "known.py", "new.py", "sub/known.py");
        assertThat(list(directory.resolve("sub"))).containsExactly("known.py");
    }

    @Test
    void inGitEveryNameThatAFileCanHave() throws IOException {
        repository(directory);
        String[] names = {" leading", "trailing ", "ümläut.py", "a\"b'c", "new\nline", "tab\t", "\\", "日本.py", "-x"};
        Trees.touch(directory, names);
        assertThat(list()).containsExactlyInAnyOrder(names);
        for (String name : names) {
            Path alone = Trees.touch(directory.resolve("alone " + List.of(names).indexOf(name)), name);
            assertThat(list(alone)).containsExactly(name);
        }
    }

    @Test
    void aDirectoryThatGitIgnoresAltogetherIsListedWithoutGit() throws IOException {
        repository(directory);
        Trees.write(directory, ".gitignore", "target/\n");
        Trees.touch(directory, "target/it/pkg/__init__.py", "target/it/pkg/__pycache__/x.pyc");
        assertThat(list(directory.resolve("target/it/pkg"))).containsExactly("__init__.py");
    }

    @Test
    void anEmptyDirectoryIsEmpty() throws IOException {
        repository(directory);
        assertThat(list(Files.createDirectory(directory.resolve("empty")))).isEmpty();
    }

    @Test
    void whatBelongsToARepositoryOfItsOwnIsListedToo() throws IOException {
        repository(directory);
        Path nested = Trees.touch(directory.resolve("nested"), "x.py", "y.log");
        repository(nested);
        Trees.write(nested, ".gitignore", "*.log");
        Path library = Trees.touch(directory.resolveSibling(directory.getFileName() + "-library"), "module.py");
        repository(library);
        git(library, "add", "module.py");
        git(library, "commit", "-q", "-m", "x");
        git(directory, "-c", "protocol.file.allow=always", "submodule", "add", "-q", library.toString(), "sub");
        assertThat(list()).containsExactly(".gitmodules", "nested/.gitignore", "nested/x.py", "sub/module.py");
        AtomicFiles.deleteTree(library);
    }

    @Test
    void aFileInConflictIsListedOnce() throws IOException {
        repository(directory);
        Trees.write(directory, "file.py", "base");
        git(directory, "add", ".");
        git(directory, "commit", "-q", "-m", "base");
        git(directory, "checkout", "-q", "-b", "other");
        Trees.write(directory, "file.py", "other");
        git(directory, "commit", "-q", "-a", "-m", "other");
        git(directory, "checkout", "-q", "main");
        Trees.write(directory, "file.py", "main");
        git(directory, "commit", "-q", "-a", "-m", "main");
        processes.capture(Command.of(directory, "git", "merge", "-q", "other"), Duration.ofSeconds(20));
        assertThat(list()).containsExactly("file.py");
    }

    @Test
    void aMachineWithoutGitReadsItsFilesAllTheSame() throws Exception {
        repository(directory);
        Trees.write(directory, ".gitignore", "*.log\n");
        Trees.touch(directory, "a.py", "b.log");
        try (OtherJvm jvm = OtherJvm.start(Map.of("PATH", "/nowhere"), Lists.class, directory)) {
            assertThat(jvm.line()).isEqualTo("[.gitignore, a.py]");
        }
    }

    /** Prints what there is. */
    static final class Lists {
        public static void main(String[] arguments) throws Exception {
            Path below = Path.of(arguments[0]);
            System.out.println(new SourceFiles(new ProcessRunner(Events.ignored()), new Links(below, Events.ignored()))
                    .list(below).stream().map(below::relativize).toList());
        }
    }
}

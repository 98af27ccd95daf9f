package io.github.nativemaven.project;

import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.project.Maturin.FileRule;
import io.github.nativemaven.project.Maturin.Format;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Links;
import io.github.nativemaven.system.SourceFiles;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which files a project puts into one kind of archive besides the usual ones, and which it keeps out. */
public final class FileRules {
    private final Project project;
    private final Format format;
    private final List<Glob> excluded;
    private final List<Wanted> wanted;

    /** A rule of files that are wanted besides, and its pattern. */
    private record Wanted(FileRule rule, Glob glob) {}

    private FileRules(Project project, Format format) {
        this.project = project;
        this.format = format;
        this.excluded = rules(project.shipped().exclude(), format)
                .map(rule -> glob(rule, Glob::anywhere))
                .toList();
        this.wanted = rules(project.shipped().include(), format)
                .map(rule -> new Wanted(rule, glob(rule, Glob::anchored)))
                .toList();
    }

    /** The rules of a project for one kind of archive. A pattern that is none is a problem that says where it stands. */
    public static FileRules of(Project project, Format format) {
        return new FileRules(project, format);
    }

    /** Whether a file stays out, by its place in the project or below the Python source. */
    public boolean excludes(Path file) {
        return Stream.of(project.directory(), project.layout().pythonSource())
                .filter(file::startsWith)
                .map(root -> relative(root, file))
                .anyMatch(path -> excluded.stream().anyMatch(glob -> glob.matches(path)));
    }

    /**
     * The files of the project that are wanted besides.
     *
     * @param unmatched takes each rule that no file matches
     * @return files by their paths in the archive. In a wheel those below the Python source lie as they do there
     */
    public Map<String, Path> included(Consumer<FileRule> unmatched) throws IOException {
        Map<String, Path> all = new TreeMap<>();
        for (Wanted each : wanted) {
            if (each.rule().outDirectory().isPresent()) {
                continue;
            }
            List<Path> found = matching(project.directory(), each.glob());
            if (found.isEmpty()) {
                found = matching(project.layout().pythonSource(), each.glob());
            }
            if (found.isEmpty()) {
                unmatched.accept(each.rule());
            }
            found.forEach(file -> all.put(place(file), file));
        }
        return all;
    }

    /**
     * The files that build scripts have made, as they are wanted.
     *
     * @param outDirectories where build scripts wrote, by cargo's package id
     * @param unmatched takes each rule that no file matches
     * @return files by their paths in the archive
     */
    public Map<String, Path> made(Map<String, Path> outDirectories, Consumer<FileRule> unmatched) throws IOException {
        Map<String, Path> all = new TreeMap<>();
        for (Wanted each : wanted) {
            FileRule rule = each.rule();
            if (rule.outDirectory().isEmpty()) {
                continue;
            }
            Path directory = outDirectory(rule, outDirectories);
            List<Path> found = matching(directory, each.glob());
            String to = rule.outDirectory().get().to();
            if (found.isEmpty()) {
                unmatched.accept(rule);
            }
            found.forEach(file -> all.put((to.isEmpty() ? "" : to + "/") + relative(directory, file), file));
        }
        return all;
    }

    private Path outDirectory(FileRule rule, Map<String, Path> outDirectories) {
        String name =
                rule.outDirectory().orElseThrow().crate().orElse(project.crate().name());
        List<Crate> crates = name.equals(project.crate().name())
                ? List.of(project.crate())
                : project.workspace().crates().values().stream()
                        .filter(crate -> crate.name().equals(name))
                        .toList();
        return crates.stream()
                .map(crate -> outDirectories.get(crate.id()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> invalid(
                        rule,
                        crates.isEmpty()
                                ? "there is no crate " + name + "; name one that is built, in crate-name"
                                : "the crate " + name
                                        + " has no build script (build.rs) that could write into OUT_DIR"));
    }

    private static Stream<FileRule> rules(List<FileRule> rules, Format format) {
        return rules.stream().filter(rule -> rule.formats().contains(format));
    }

    private static Glob glob(FileRule rule, Function<String, Glob> parser) {
        try {
            return parser.apply(rule.path());
        } catch (PatternSyntaxException e) {
            throw invalid(rule, e.getDescription());
        }
    }

    private static RuntimeException invalid(FileRule rule, String reason) {
        return new ProjectProblem.InvalidSetting(new Setting<>(rule.path(), rule.origin()), reason).asFailure();
    }

    private String place(Path file) {
        Path source = project.layout().pythonSource();
        boolean inSource = format == Format.WHEEL && file.startsWith(source);
        return relative(inSource ? source : project.directory(), file);
    }

    private static String relative(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /**
     * The files of a project that a pattern means, sorted. Directories that programs make are passed over, but for one in
     * which the pattern begins.
     *
     * @param pattern relative to the project
     * @throws PatternSyntaxException when it is none
     */
    public static List<Path> files(Project project, String pattern) throws IOException {
        Glob glob = Glob.anchored(pattern);
        return matching(project, project.directory(), glob).stream()
                .filter(file -> glob.matchesItself(relative(project.directory(), file)))
                .toList();
    }

    private List<Path> matching(Path root, Glob glob) throws IOException {
        return matching(project, root, glob);
    }

    private static List<Path> matching(Project project, Path root, Glob glob) throws IOException {
        List<Path> found = new ArrayList<>();
        Path start = root.resolve(glob.start());
        if (!Files.exists(start)) {
            return found;
        }
        Links links = new Links(project.directory(), Events.ignored());
        Files.walkFileTree(
                start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                            throws IOException {
                        boolean left = visited.equals(project.outputDirectory())
                                || SourceFiles.isMade(visited)
                                || !links.follows(visited, start);
                        return left && !visited.equals(start) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && glob.matches(relative(root, file))) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(null);
        return found;
    }
}

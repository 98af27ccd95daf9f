package io.github.nativemaven.service;

import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.ExtensionModule;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.Shipped;
import io.github.nativemaven.stubs.Stubs;
import io.github.nativemaven.system.AtomicFiles;
import io.github.nativemaven.system.Event;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.system.Problem;
import io.github.nativemaven.wheel.WheelAssembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes the stubs of compiled modules, into the output directory or into the source. */
public final class StubsService {
    private final Events events;

    StubsService(Events events) {
        this.events = events;
    }

    /** A stub is written, or was the same already. */
    public record Written(Path file) implements Event {}

    /** Only extension modules of PyO3 say what is in them. */
    public record NoPyO3(Bindings bindings) implements Problem {}

    /**
     * A module that has no Python source beside it can have one file of stubs in the source.
     *
     * @param module the module, which has submodules
     */
    public record NoPlace(String module) implements Problem {}

    void run(Project project, UnitResult result) throws IOException {
        if (!(project.bindings() instanceof Bindings.PyO3)) {
            throw new NoPyO3(project.bindings()).asFailure();
        }
        boolean inSource = project.shipped().stubs() == Shipped.Stubs.SOURCE;
        List<ExtensionModule> modules = project.modules();
        for (int i = 0; i < modules.size(); i++) {
            ExtensionModule module = modules.get(i);
            boolean asPackage = WheelAssembler.isPackage(project, module.name());
            SortedMap<String, String> files = Stubs.of(result.libraries().get(i), module.name(), asPackage);
            if (inSource && asPackage) {
                write(project.layout().pythonSource().resolve(module.name() + ".pyi"), only(module, files));
            } else {
                Path root = inSource
                        ? project.layout().pythonSource()
                        : project.outputDirectory().resolve("rust-stubs");
                for (Map.Entry<String, String> file : files.entrySet()) {
                    write(root.resolve(file.getKey()), file.getValue());
                }
                mark(root.resolve(module.name().first()));
            }
        }
    }

    private static String only(ExtensionModule module, SortedMap<String, String> files) {
        if (files.size() > 1) {
            throw new NoPlace(module.name().toString()).asFailure();
        }
        return files.get(files.firstKey());
    }

    private void write(Path file, String text) throws IOException {
        AtomicFiles.writeIfChanged(file, text);
        events.tell(new Written(file));
    }

    /** Type checkers believe the stubs of a package that says so (PEP 561). */
    private static void mark(Path directory) throws IOException {
        Path marker = directory.resolve("py.typed");
        if (Files.isDirectory(directory) && !Files.exists(marker)) {
            AtomicFiles.writeIfChanged(marker, "");
        }
    }
}

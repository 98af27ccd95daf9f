package io.github.nativemaven.stubs;

import io.github.nativemaven.project.ModuleName;
import io.github.nativemaven.system.Json;
import io.github.nativemaven.system.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stubs of an extension module, from what PyO3's feature {@code experimental-inspect} puts into its library. */
public final class Stubs {
    private final Chunks chunks;
    private final Map<String, Expressions.Place> classes = new HashMap<>();
    private final SortedMap<String, String> files = new TreeMap<>();

    private Stubs(Chunks chunks) {
        this.chunks = chunks;
    }

    /**
     * A library says nothing about its module.
     *
     * @param library the library
     * @param module the module's full name
     */
    public record Nothing(Path library, String module) implements Problem {}

    /** What a library says about its module can't be read. */
    public record Unreadable(Path library, String reason) implements Problem {}

    /**
     * Makes the stubs of a module.
     *
     * @param library the compiled library
     * @param name the module's full name; a library's module {@code _core} is found by the last part
     * @param asPackage whether the module is a package, {@code name/__init__.pyi}, even without submodules
     * @return texts by paths with {@code /}, relative to where packages lie
     */
    public static SortedMap<String, String> of(Path library, ModuleName name, boolean asPackage) throws IOException {
        Chunks chunks = Chunks.read(library).orElseThrow(() -> new Nothing(library, name.toString()).asFailure());
        return of(library, chunks, name, asPackage);
    }

    static SortedMap<String, String> of(Path library, Chunks chunks, ModuleName name, boolean asPackage) {
        Json module = chunks.module(name.last()).orElseThrow(() -> new Nothing(library, name.toString()).asFailure());
        if (!chunks.ends(module)) {
            throw new Unreadable(library, "its classes or modules are members of each other").asFailure();
        }
        Stubs stubs = new Stubs(chunks);
        stubs.place(module, name.toString(), "");
        stubs.write(module, name.toString(), asPackage);
        return stubs.files;
    }

    private void place(Json owner, String module, String prefix) {
        for (Json member : chunks.members(owner)) {
            String name = member.get("name").string();
            if (Chunks.isModule(member)) {
                place(member, module + "." + name, "");
            } else if (Chunks.isClass(member)) {
                classes.put(member.get("id").string(), new Expressions.Place(module, prefix + name));
                place(member, module, prefix + name + ".");
            }
        }
    }

    private void write(Json module, String name, boolean asPackage) {
        boolean hasModules = false;
        for (Json member : chunks.members(module)) {
            if (Chunks.isModule(member)) {
                hasModules = true;
                write(member, name + "." + member.get("name").string(), false);
            }
        }
        Set<String> taken = new HashSet<>();
        StubFile.addNames(module, chunks, taken);
        String path = name.replace('.', '/') + (asPackage || hasModules ? "/__init__.pyi" : ".pyi");
        files.put(path, StubFile.of(module, chunks, new Expressions(name, classes, taken)));
    }
}

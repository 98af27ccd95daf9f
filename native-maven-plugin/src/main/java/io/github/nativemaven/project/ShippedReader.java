package io.github.nativemaven.project;

import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.project.Shipped.DebugInfo;
import io.github.nativemaven.project.Shipped.Stubs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out what is shipped besides. */
final class ShippedReader {
    private final Path directory;
    private final CargoMetadata workspace;
    private final Crate crate;

    private ShippedReader(Path directory, CargoMetadata workspace, Crate crate) {
        this.directory = directory;
        this.workspace = workspace;
        this.crate = crate;
    }

    static Shipped read(
            ProjectRequest request,
            Maturin maturin,
            CargoMetadata workspace,
            Crate crate,
            ModuleName main,
            Bindings bindings) {
        Contents asked = request.contents();
        ShippedReader reader = new ShippedReader(request.directory(), workspace, crate);
        return new Shipped(
                asked.modules()
                        .map(modules -> reader.modules(modules, main, bindings))
                        .orElse(List.of()),
                asked.include().orElse(maturin.include()),
                asked.exclude().orElse(maturin.exclude()),
                asked.stubs().map(ShippedReader::stubs).orElse(Stubs.OFF),
                debugInfo(request, maturin),
                asked.vendor());
    }

    private static DebugInfo debugInfo(ProjectRequest request, Maturin maturin) {
        if (!request.contents().debugSymbols()) {
            return DebugInfo.AS_COMPILED;
        }
        boolean strip = request.strip().map(Setting::value).or(maturin::strip).orElse(true);
        return strip ? DebugInfo.BESIDE : DebugInfo.BESIDE_BUT_NAMES;
    }

    private static Stubs stubs(Setting<String> asked) {
        return Arrays.stream(Stubs.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(asked.value()))
                .findFirst()
                .orElseThrow(
                        () -> new ProjectProblem.InvalidSetting(asked, "expected off, wheel or source").asFailure());
    }

    private List<ExtensionModule> modules(Setting<List<String>> asked, ModuleName main, Bindings bindings) {
        List<ExtensionModule> modules = new ArrayList<>();
        for (String text : asked.value()) {
            Setting<String> setting = new Setting<>(text, asked.origin());
            if (!(bindings instanceof Bindings.PyO3)) {
                throw invalid(
                        setting,
                        "only extension modules of PyO3 can be several in one wheel, and this is " + bindings.id());
            }
            ExtensionModule module = module(setting);
            boolean twice = module.name().equals(main)
                    || modules.stream().anyMatch(other -> other.name().equals(module.name()));
            if (twice) {
                throw invalid(setting, "the module " + module.name() + " is there already");
            }
            modules.add(module);
        }
        return modules;
    }

    private ExtensionModule module(Setting<String> setting) {
        int equals = setting.value().indexOf('=');
        String name = equals < 0 ? setting.value() : setting.value().substring(0, equals);
        try {
            return new ExtensionModule(
                    ModuleName.parse(name.strip()),
                    equals < 0
                            ? crate
                            : crate(
                                    setting,
                                    setting.value().substring(equals + 1).strip()));
        } catch (MalformedException e) {
            throw invalid(setting, e.reason());
        }
    }

    /** A member of the workspace, by its name or its directory. */
    private Crate crate(Setting<String> setting, String text) {
        Path path = directory.resolve(text).normalize();
        Optional<Crate> found = workspace.memberCrates().stream()
                .filter(member -> member.name().equals(text)
                        || member.directory().equals(path)
                        || member.manifest().equals(path))
                .findFirst();
        if (found.isEmpty()) {
            throw invalid(
                    setting,
                    "'" + text + "' is no crate of the workspace; there are: "
                            + workspace.memberCrates().stream().map(Crate::name).collect(Collectors.joining(", ")));
        }
        if (found.get()
                .library()
                .filter(library -> library.crateTypes().contains("cdylib"))
                .isEmpty()) {
            throw new ProjectProblem.NoDynamicLibrary(
                            found.get().manifest(),
                            found.get().library().map(Crate.Target::crateTypes).orElse(List.of()))
                    .asFailure();
        }
        return found.get();
    }

    private static RuntimeException invalid(Setting<String> setting, String reason) {
        return new ProjectProblem.InvalidSetting(setting, reason).asFailure();
    }
}

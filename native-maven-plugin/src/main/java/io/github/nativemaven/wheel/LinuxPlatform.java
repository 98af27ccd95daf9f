package io.github.nativemaven.wheel;

import io.github.nativemaven.binary.Audit;
import io.github.nativemaven.binary.AuditResult;
import io.github.nativemaven.binary.ElfFile;
import io.github.nativemaven.binary.ElfSearch;
import io.github.nativemaven.binary.Finding;
import io.github.nativemaven.binary.ForeignLibraries;
import io.github.nativemaven.binary.Policy;
import io.github.nativemaven.binary.SystemDirectories;
import io.github.nativemaven.platform.Architecture;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.platform.TargetTriple;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.system.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decides on which Linux a wheel runs: by the policies, with the libraries that are taken in. */
final class LinuxPlatform {
    private static final String LINUX = "linux";
    private static final String INDEX = "pypi";

    private final WheelSettings settings;
    private final Events events;

    LinuxPlatform(WheelSettings settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * @param files what was compiled; at least one
     * @param build directories in which the build's linker found libraries
     */
    PlatformChooser.Choice choose(TargetTriple target, List<ElfFile> files, List<Path> build) throws IOException {
        Architecture architecture = files.get(0).architecture().orElse(target.architecture());
        Optional<Setting<String>> wish = settings.compatibility();
        if (wish.isPresent() && wish.get().value().equals(LINUX)) {
            return new PlatformChooser.Choice(List.of(new PlatformTag.Linux(architecture).toString()));
        }
        Optional<Policy> asked =
                wish.filter(setting -> !setting.value().equals(INDEX)).map(setting -> policy(setting, architecture));
        Optional<Policy> widest = asked.or(() -> last(Policy.of(architecture, target.libc())));
        ForeignLibraries foreign = ForeignLibraries.NONE;
        if (widest.isPresent()) {
            ElfSearch search = new ElfSearch(
                    settings.libraryPath(), build, SystemDirectories.of(Path.of("/"), architecture, target.libc()));
            foreign = new ForeignFinder(settings, events).find(files, Audit.isForeign(files, widest.get()), search);
        }
        AuditResult audit = Audit.of(files, foreign, architecture, target.libc());
        if (asked.isPresent()) {
            require(wish.get(), Audit.check(files, foreign, asked.get()));
            return new PlatformChooser.Choice(tags(asked.get().wheelTag()), Optional.of(audit), foreign);
        }
        if (wish.isPresent()) {
            require(wish.get(), audit.best().isPresent() ? List.of() : audit.obstacles());
        }
        return new PlatformChooser.Choice(tags(audit.wheelTag()), Optional.of(audit), foreign);
    }

    private static Optional<Policy> last(List<Policy> policies) {
        return policies.isEmpty() ? Optional.empty() : Optional.of(policies.get(policies.size() - 1));
    }

    private void require(Setting<String> wish, List<Finding> findings) {
        if (findings.isEmpty() || settings.audit().value() == WheelSettings.AuditMode.SKIP) {
            return;
        }
        if (settings.audit().value() != WheelSettings.AuditMode.WARN) {
            throw new PlatformChooser.Incompatible(wish, findings).asFailure();
        }
        events.tell(new PlatformChooser.Overruled(wish, findings));
    }

    private static Policy policy(Setting<String> wish, Architecture architecture) {
        String text = wish.value();
        String full = text.endsWith("_" + architecture.linux()) ? text : text + "_" + architecture.linux();
        try {
            return Policy.of(PlatformTag.parse(full)).orElseThrow(() -> unknown(wish));
        } catch (MalformedException e) {
            throw unknown(wish);
        }
    }

    private static RuntimeException unknown(Setting<String> wish) {
        return new ProjectProblem.InvalidSetting(
                        wish, "expected manylinux_2_28, manylinux2014, musllinux_1_2 or the like, pypi, or linux")
                .asFailure();
    }

    private static List<String> tags(String set) {
        return Arrays.asList(set.split("\\."));
    }
}

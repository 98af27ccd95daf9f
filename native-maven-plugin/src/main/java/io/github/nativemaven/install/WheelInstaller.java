package io.github.nativemaven.install;

import io.github.nativemaven.install.InstallProblem.BadWheel;
import io.github.nativemaven.install.InstallProblem.Fault;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.WheelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Installs wheels into environments, straight from the file, as pip and uv would: what any of them installs the others
 * find, replace and remove.
 *
 * <p>Whatever was installed under the same name goes. All files are made ready, and checked against RECORD, before the
 * first is exchanged; when anything fails, the environment is as it was. Nothing is compiled: Python does that at the
 * first import. Whether a wheel is one for this Python at all is not looked at.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/#installing-a-wheel-distribution-1-0-py32-none-any-whl">
 *     installing a wheel</a>
 */
public final class WheelInstaller {
    private final Events events;

    /** @param events told of {@link InstallEvent}s */
    public WheelInstaller(Events events) {
        this.events = events;
    }

    /**
     * Installs a wheel, unless what is in it is installed already, by the digests in RECORD, and all of the files are there.
     *
     * @param wheel a file with the name of a wheel
     * @throws BuildFailure with an {@link InstallProblem}
     */
    public Installation install(Path wheel, VirtualEnvironment environment) {
        WheelName name = name(wheel);
        if (!Files.isRegularFile(wheel)) {
            throw new BadWheel(wheel, Fault.NOT_THERE, "").asFailure();
        }
        DistributionWriter writer = new DistributionWriter(environment, events);
        return writer.alone(() -> install(wheel, name, environment, writer));
    }

    private static WheelName name(Path wheel) {
        try {
            return WheelName.parse(wheel.getFileName().toString());
        } catch (MalformedException e) {
            throw new BadWheel(wheel, Fault.BAD_NAME, e.getMessage()).asFailure(e);
        }
    }

    private static Installation install(
            Path wheel, WheelName name, VirtualEnvironment environment, DistributionWriter writer) throws IOException {
        List<InstalledDistribution> old = new InstalledDistributions(environment).find(name.name());
        try (WheelArchive archive = WheelArchive.open(wheel, name)) {
            Path site = archive.isPurelib()
                    ? writer.sites().purelib()
                    : writer.sites().platlib();
            List<NewFile> files = new ArrayList<>(archive.files(name.name(), writer.sites(), site, writer.launchers()));
            if (DistributionWriter.isInstalled(files, site.resolve(archive.metadata()), old)) {
                return new Installation(name.name(), name.version().toString(), true, List.of());
            }
            String directUrl = DirectUrl.ofArchive(wheel, Digests.hexSha256(wheel));
            files.addAll(writer.additions(site, archive.metadata(), directUrl));
            writer.write(name.name(), site, archive.metadata(), files, old);
            return new Installation(name.name(), name.version().toString(), false, old);
        } catch (DistributionWriter.WrongContent e) {
            Path target = writer.sites().prefix().relativize(e.target());
            throw new BadWheel(wheel, Fault.WRONG_CONTENT, target.toString()).asFailure(e);
        } catch (ZipException e) {
            throw new BadWheel(wheel, Fault.NOT_A_ZIP, String.valueOf(e.getMessage())).asFailure(e);
        }
    }
}

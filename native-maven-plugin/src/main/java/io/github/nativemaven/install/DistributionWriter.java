package io.github.nativemaven.install;

import io.github.nativemaven.python.DistributionName;
import io.github.nativemaven.python.VirtualEnvironment;
import io.github.nativemaven.system.BuildFailure;
import io.github.nativemaven.system.DirectoryLock;
import io.github.nativemaven.system.Events;
import io.github.nativemaven.wheel.RecordFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts the files of a distribution into an environment, in place of whatever was installed under its name.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/recording-installed-packages/">recording installed
 *     projects</a>
 */
final class DistributionWriter {
    /** What is written to INSTALLER. */
    static final String INSTALLER = "native-maven-plugin";

    /** What each installer writes to the metadata directory, whatever a wheel has under these names; or leaves out. */
    static final Set<String> OWN_FILES =
            Set.of("RECORD", "RECORD.jws", "RECORD.p7s", "INSTALLER", "REQUESTED", DirectUrl.FILE);

    private static final int BUFFER = 1 << 16;

    private final VirtualEnvironment environment;
    private final Sites sites;
    private final Events events;

    DistributionWriter(VirtualEnvironment environment, Events events) {
        this.environment = environment;
        this.sites = Sites.of(environment);
        this.events = events;
    }

    Sites sites() {
        return sites;
    }

    /** Makes the programs of the environment. */
    Launchers launchers() {
        return new Launchers(environment.interpreter().executable(), sites.scripts(), sites.windows());
    }

    /** What an installer adds to a metadata directory: who it is, that somebody asked for it, and where it came from. */
    List<NewFile> additions(Path site, String metadata, String directUrl) {
        return List.of(
                NewFile.of(site, metadata + "/INSTALLER", INSTALLER + "\n"),
                NewFile.of(site, metadata + "/REQUESTED", ""),
                NewFile.of(site, metadata + "/" + DirectUrl.FILE, directUrl));
    }

    /** Something done to an environment that nobody else changes meanwhile. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does something while no other build changes the environment. */
    <T> T alone(Work<T> work) {
        try {
            DirectoryLock lock = DirectoryLock.acquire(sites.prefix(), events);
            try {
                return work.run();
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw problem(e).asFailure(e);
        }
    }

    private InstallProblem problem(IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (e instanceof FileSystemException failure
                && failure.getFile() != null
                && (failure instanceof AccessDeniedException || reason.contains("Read-only file system"))) {
            return new InstallProblem.NotWritable(environment.root(), Path.of(failure.getFile()));
        }
        return new InstallProblem.Failed(environment.root(), reason);
    }

    /**
     * Whether files are what is installed, and nothing else is, by RECORD and the sizes of the files that are there.
     *
     * @param metadata the metadata directory, absolute
     * @param old what is installed under the name
     */
    static boolean isInstalled(List<NewFile> files, Path metadata, List<InstalledDistribution> old) throws IOException {
        if (old.size() != 1
                || !old.get(0).metadata().equals(metadata)
                || !old.get(0).isComplete()) {
            return false;
        }
        Map<Path, Optional<RecordFile.Hash>> installed = old.get(0).hashes();
        for (NewFile file : files) {
            Optional<RecordFile.Hash> hash = installed.remove(file.target());
            // The texts are compared and not the records: their equality is spun at run time, at its first use.
            if (hash == null
                    || hash.isEmpty()
                    || !hash.get().digest().equals(file.hash().digest())) {
                return false;
            }
        }
        return installed.keySet().stream().allMatch(file -> isAddition(file, metadata));
    }

    private static boolean isAddition(Path file, Path metadata) {
        String name = file.getFileName().toString();
        return name.endsWith(".pyc") || metadata.equals(file.getParent()) && OWN_FILES.contains(name);
    }

    /**
     * Installs files, and RECORD.
     *
     * @param site the directory that the metadata directory is in
     * @param metadata the metadata directory's name
     * @param files all files but RECORD
     * @param old what goes
     * @throws BuildFailure with {@link InstallProblem.NotRemovable}, and then nothing has changed
     */
    void write(DistributionName name, Path site, String metadata, List<NewFile> files, List<InstalledDistribution> old)
            throws IOException {
        List<Removal> removals = removals(old);
        Transaction.clean(site);
        try (Transaction transaction = new Transaction(site)) {
            Map<NewFile, Path> ready = new LinkedHashMap<>();
            List<RecordFile.Row> rows = new ArrayList<>();
            for (NewFile file : files) {
                rows.add(makeReady(file, ready, transaction, site));
            }
            makeReady(record(site, metadata, rows), ready, transaction, site);
            tellOfForeignFiles(name, ready.keySet(), removals, old);
            transaction.exchange(() -> exchange(transaction, ready, removals));
        }
    }

    /** Removes distributions. */
    void remove(List<InstalledDistribution> old) throws IOException {
        List<Removal> removals = removals(old);
        for (Path site :
                old.stream().map(InstalledDistribution::sitePackages).distinct().toList()) {
            Transaction.clean(site);
        }
        if (removals.isEmpty()) {
            return;
        }
        try (Transaction transaction = new Transaction(old.get(0).sitePackages())) {
            transaction.exchange(() -> exchange(transaction, Map.of(), removals));
        }
    }

    private List<Removal> removals(List<InstalledDistribution> old) throws IOException {
        List<Removal> removals = new ArrayList<>();
        for (InstalledDistribution distribution : old) {
            removals.add(Removal.of(sites, distribution));
        }
        old.forEach(distribution -> events.tell(new InstallEvent.Removing(distribution)));
        return removals;
    }

    private static void exchange(Transaction transaction, Map<NewFile, Path> ready, List<Removal> removals)
            throws IOException {
        for (Map.Entry<NewFile, Path> file : ready.entrySet()) {
            transaction.put(
                    file.getValue(), file.getKey().target(), file.getKey().root());
        }
        KeptFiles kept =
                new KeptFiles(ready.keySet().stream().map(NewFile::target).toList());
        for (Removal removal : removals) {
            removal.carryOut(transaction, kept);
        }
    }

    private static NewFile record(Path site, String metadata, List<RecordFile.Row> rows) {
        String path = metadata + "/RECORD";
        List<RecordFile.Row> all = new ArrayList<>(rows);
        all.add(RecordFile.Row.bare(path));
        all.sort(Comparator.comparing(RecordFile.Row::path));
        return NewFile.of(site, path, new RecordFile(all).write());
    }

    /** Writes a file aside, and checks its content on the way. */
    private static RecordFile.Row makeReady(NewFile file, Map<NewFile, Path> ready, Transaction transaction, Path site)
            throws IOException {
        Path fresh = transaction.fresh();
        List<MessageDigest> digests = new ArrayList<>(List.of(Digests.sha256()));
        file.expected()
                .filter(hash -> !hash.algorithm().equals(Digests.SHA256))
                .flatMap(hash -> Digests.of(hash.algorithm()))
                .ifPresent(digests::add);
        long size = copy(file, fresh, digests);
        byte[] sha256 = digests.get(0).digest();
        byte[] checked = digests.size() == 1 ? sha256 : digests.get(1).digest();
        if (file.expected().isPresent() && !file.expected().get().digest().equals(Digests.encoded(checked))) {
            throw new WrongContent(file.target());
        }
        if (file.executable()) {
            makeExecutable(fresh);
        }
        ready.put(file, fresh);
        RecordFile.Hash hash = RecordFile.Hash.ofSha256(sha256);
        return new RecordFile.Row(recorded(site, file.target()), Optional.of(hash), OptionalLong.of(size));
    }

    private static long copy(NewFile file, Path fresh, List<MessageDigest> digests) throws IOException {
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = file.content().open();
                OutputStream out = Files.newOutputStream(fresh)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                for (MessageDigest digest : digests) {
                    digest.update(buffer, 0, n);
                }
                size += n;
            }
        }
        return size;
    }

    /** A file whose content is not what RECORD says. */
    static final class WrongContent extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Path target;

        WrongContent(Path target) {
            super(target + " has not the content that RECORD says");
            this.target = target;
        }

        Path target() {
            return target;
        }
    }

    static String recorded(Path site, Path target) {
        Path path = site.getRoot().equals(target.getRoot()) ? site.relativize(target) : target;
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** Whoever may read a program may run it. */
    private static void makeExecutable(Path file) throws IOException {
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
            return;
        }
        Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(file));
        Map.of(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE,
                        PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE,
                        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE)
                .forEach((read, execute) -> {
                    if (permissions.contains(read)) {
                        permissions.add(execute);
                    }
                });
        Files.setPosixFilePermissions(file, permissions);
    }

    /** Lists are read only when something is in the way, which is rare: an environment may have hundreds. */
    private void tellOfForeignFiles(
            DistributionName name, Set<NewFile> files, List<Removal> removals, List<InstalledDistribution> old) {
        Set<Path> foreign = new HashSet<>();
        for (NewFile file : files) {
            if (Files.exists(file.target(), LinkOption.NOFOLLOW_LINKS)
                    && removals.stream().noneMatch(removal -> removal.covers(file.target()))) {
                foreign.add(file.target());
            }
        }
        if (foreign.isEmpty()) {
            return;
        }
        for (InstalledDistribution other : new InstalledDistributions(environment).list()) {
            if (!old.contains(other)) {
                other.files().stream()
                        .filter(foreign::contains)
                        .forEach(file -> events.tell(new InstallEvent.TakenOver(file, other.name(), name)));
            }
        }
    }
}

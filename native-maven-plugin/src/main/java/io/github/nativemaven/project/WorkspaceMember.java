package io.github.nativemaven.project;

import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import java.util.List;
import java.util.Optional;

/** Finds the member of a workspace that is meant where its root, which has no package, is all that is known. */
final class WorkspaceMember {
    private WorkspaceMember() {}

    /** The only member that makes a library for C, where there is exactly one. */
    static Optional<Crate> only(CargoMetadata workspace) {
        List<Crate> members = workspace.memberCrates();
        List<Crate> libraries =
                members.stream().filter(WorkspaceMember::isDynamic).toList();
        List<Crate> candidates = libraries.isEmpty() ? members : libraries;
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private static boolean isDynamic(Crate crate) {
        return crate.library()
                .filter(library -> library.crateTypes().contains("cdylib"))
                .isPresent();
    }
}

package io.github.nativemaven.build;

import io.github.nativemaven.cargo.Cargo;
import io.github.nativemaven.cargo.CargoMetadata;
import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.project.Bindings;
import io.github.nativemaven.project.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the features of a project's crate switch on in PyO3. */
public final class FeatureTable {
    private final Project project;
    private final Bindings.PyO3 bindings;

    FeatureTable(Project project, Bindings.PyO3 bindings) {
        this.project = project;
        this.bindings = bindings;
    }

    /** The features of PyO3 that are on where some of the crate's own are on besides: {@code fast}, {@code pyo3/abi3-py311}. */
    Set<String> withBesides(List<String> besides) {
        Set<String> all = new TreeSet<>(bindings.features());
        besides.forEach(feature -> addTo(all, feature, new HashSet<>()));
        return all;
    }

    private void addTo(Set<String> ofPyO3, String feature, Set<String> seen) {
        if (!seen.add(feature)) {
            return;
        }
        int slash = feature.indexOf('/');
        if (slash < 0) {
            project.crate().features().getOrDefault(feature, List.of()).forEach(each -> addTo(ofPyO3, each, seen));
        } else if (feature.substring(0, slash)
                .replace("?", "")
                .equals(bindings.crate().name())) {
            ofPyO3.add(feature.substring(slash + 1));
        }
    }

    /**
     * The features of a project's crate that are on, but for those that ask for the stable ABI: a Python that is older
     * than it gets a wheel of its own.
     *
     * @param cargo as the project wants it
     * @return none where the dependency on PyO3 itself asks for it, which no feature can undo
     */
    public static Optional<List<String>> withoutStableAbi(Project project, Cargo cargo) {
        Bindings.PyO3 bindings = project.bindings().python().orElseThrow();
        FeatureTable table = new FeatureTable(project, bindings);
        Set<String> on = new TreeSet<>(project.workspace().featuresOf(project.crate()));
        on.addAll(project.cargo().features());
        List<String> kept = new ArrayList<>();
        for (String feature : on) {
            if (!feature.equals("default") && !table.asksForStableAbi(feature)) {
                kept.add(feature);
            }
        }
        CargoMetadata without =
                cargo.withFeatures(kept).metadata(project.crate().manifest());
        Crate crate = without.crates().get(project.crate().id());
        boolean gone = without.directDependencies(crate, bindings.crate().name()).stream()
                .allMatch(pyo3 -> without.featuresOf(pyo3).stream().noneMatch(FeatureTable::isStableAbi));
        return gone ? Optional.of(kept) : Optional.empty();
    }

    private boolean asksForStableAbi(String feature) {
        Set<String> ofPyO3 = new TreeSet<>();
        addTo(ofPyO3, feature, new HashSet<>());
        return ofPyO3.stream().anyMatch(FeatureTable::isStableAbi);
    }

    private static boolean isStableAbi(String feature) {
        return feature.matches("abi3t?(-py3\\d+)?");
    }
}

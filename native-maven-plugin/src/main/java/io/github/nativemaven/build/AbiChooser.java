package io.github.nativemaven.build;

import io.github.nativemaven.python.Implementation;
import io.github.nativemaven.python.Python;
import io.github.nativemaven.python.PythonVersion;
import java.util.Optional;
import java.util.Set;

/**
 * The stable ABI that an extension is compiled for: by the features of PyO3 that are on, and by the interpreter, as
 * PyO3's own build script has it.
 *
 * @see <a href="https://peps.python.org/pep-0803/">PEP 803: the stable ABI of free-threaded builds</a>
 */
final class AbiChooser {
    private static final PythonVersion FIRST_ABI3T = new PythonVersion(3, 15);

    private final Set<String> features;

    /** @param features of PyO3: {@code abi3-py39}, {@code abi3t} */
    AbiChooser(Set<String> features) {
        this.features = features;
    }

    /** The ABI; its first version may be later than the interpreter's, which PyO3 then refuses. None where PyO3 passes it over. */
    Optional<Abi.Stable> stable(Python interpreter) {
        if (interpreter.implementation() != Implementation.CPYTHON) {
            return Optional.empty();
        }
        boolean hasAbi3t = interpreter.version().isAtLeast(FIRST_ABI3T);
        Optional<Abi.Stable> abi3t = hasAbi3t ? stable("abi3t", interpreter) : Optional.empty();
        return abi3t.isPresent() || interpreter.freeThreaded() ? abi3t : stable("abi3", interpreter);
    }

    private Optional<Abi.Stable> stable(String kind, Python interpreter) {
        String prefix = kind + "-py3";
        Optional<PythonVersion> oldest = features.stream()
                .filter(feature -> feature.startsWith(prefix))
                .map(feature -> new PythonVersion(3, Integer.parseInt(feature.substring(prefix.length()))))
                .min(PythonVersion::compareTo);
        if (oldest.isEmpty() && features.contains(kind)) {
            oldest = Optional.of(interpreter.version());
        }
        return oldest.map(version -> new Abi.Stable(version, kind.equals("abi3t")));
    }

    /** The feature that chose an ABI. */
    String feature(Abi.Stable stable) {
        String kind = stable.freeThreaded() ? "abi3t" : "abi3";
        String exact = kind + "-py" + stable.oldest().tag();
        return features.contains(exact) ? exact : kind;
    }
}

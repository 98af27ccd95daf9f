package io.github.nativemaven.python;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What markers are evaluated against: a Python, and the extras that are asked for.
 *
 * @param variables the values of {@code os_name}, {@code sys_platform}, {@code platform_machine},
 *     {@code platform_python_implementation}, {@code platform_release}, {@code platform_system},
 *     {@code platform_version}, {@code python_version}, {@code python_full_version}, {@code implementation_name} and
 *     {@code implementation_version}; where one is not given, {@code 0} for those that are always versions and
 *     nothing for the others, as the specification says
 * @param extras names of extras, normalised
 * @see <a href="https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers">Environment markers</a>
 */
public record MarkerEnvironment(Map<String, String> variables, Set<String> extras) {

    /**
     * @throws IllegalArgumentException for a variable that is not one of the eleven
     * @throws io.github.nativemaven.platform.MalformedException for an invalid extra
     */
    public MarkerEnvironment {
        variables = complete(variables);
        extras = extras.stream()
                .map(extra -> new DistributionName(extra).normalized())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** An environment in which no extra is asked for. */
    public static MarkerEnvironment of(Map<String, String> variables) {
        return new MarkerEnvironment(variables, Set.of());
    }

    /** The same with these extras in place of those that were asked for. */
    public MarkerEnvironment withExtras(Set<String> asked) {
        return new MarkerEnvironment(variables, asked);
    }

    private static Map<String, String> complete(Map<String, String> given) {
        Map<String, String> all = new TreeMap<>();
        for (Marker.Variable variable : Marker.Variable.values()) {
            if (variable != Marker.Variable.EXTRA) {
                all.put(variable.toString(), variable.unknown());
            }
        }
        given.forEach((name, value) -> {
            if (all.replace(name, plainVersion(value)) == null) {
                throw new IllegalArgumentException("no marker variable: " + name);
            }
        });
        return Collections.unmodifiableMap(all);
    }

    /** A Python that was built from a working copy calls itself {@code 3.15.0a1+}, which is no version. */
    private static String plainVersion(String value) {
        String version = value.endsWith("+") ? value.substring(0, value.length() - 1) : value;
        return version.equals(value) || Pep440Version.tryParse(version).isEmpty() ? value : value + "local";
    }

    /** The value of a variable; nothing for {@code extra}, which has many. */
    Optional<String> value(Marker.Variable variable) {
        return Optional.ofNullable(variables.get(variable.toString()));
    }
}

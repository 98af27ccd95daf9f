package io.github.nativemaven.python;

import io.github.nativemaven.platform.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a requirement applies: {@code python_version < "3.13" and (os_name == "nt" or extra == "all")}.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers">Environment markers (PEP 508)</a>
 */
public sealed interface Marker {

    /** Whether the marker holds. */
    boolean evaluate(MarkerEnvironment environment);

    /** This marker and another one, both of which must hold. */
    default Marker and(Marker other) {
        return new And(List.of(this, other));
    }

    /**
     * The marker {@code extra == "name"}, the name normalised.
     *
     * @throws MalformedException when that is no name of an extra
     */
    static Marker extra(String name) {
        return new Comparison(Variable.EXTRA, Operator.EQUAL, new Literal(new DistributionName(name).normalized()));
    }

    /**
     * Reads a marker.
     *
     * @throws MalformedException when it is none, with the place
     */
    static Marker parse(String text) {
        Cursor cursor = new Cursor("marker", text);
        Marker marker = read(cursor);
        if (!cursor.skipBlanks().atEnd()) {
            throw cursor.expected("'and', 'or' or nothing more");
        }
        return marker;
    }

    /** Reads a marker from inside a longer text. */
    static Marker read(Cursor cursor) {
        return new MarkerParser(cursor).read();
    }

    /**
     * Markers that must all hold.
     *
     * @param parts at least two, none of which is itself of this kind
     */
    record And(List<Marker> parts) implements Marker {
        /** Takes the parts of parts of this kind in their place. */
        public And {
            parts = parts.stream()
                    .flatMap(part -> part instanceof And and ? and.parts.stream() : Stream.of(part))
                    .toList();
            atLeastTwo(parts);
        }

        @Override
        public boolean evaluate(MarkerEnvironment environment) {
            return parts.stream().allMatch(part -> part.evaluate(environment));
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Or ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" and "));
        }
    }

    /**
     * Markers of which one must hold.
     *
     * @param parts at least two, none of which is itself of this kind
     */
    record Or(List<Marker> parts) implements Marker {
        /** Takes the parts of parts of this kind in their place. */
        public Or {
            parts = parts.stream()
                    .flatMap(part -> part instanceof Or or ? or.parts.stream() : Stream.of(part))
                    .toList();
            atLeastTwo(parts);
        }

        @Override
        public boolean evaluate(MarkerEnvironment environment) {
            return parts.stream().anyMatch(part -> part.evaluate(environment));
        }

        @Override
        public String toString() {
            return parts.stream().map(Marker::toString).collect(Collectors.joining(" or "));
        }
    }

    private static void atLeastTwo(List<Marker> parts) {
        if (parts.size() < 2) {
            throw new IllegalArgumentException("fewer than two markers to combine: " + parts);
        }
    }

    /** A comparison: {@code os_name == "nt"}. */
    record Comparison(Operand left, Operator operator, Operand right) implements Marker {
        /**
         * Normalises the name of an extra where one is compared.
         *
         * @throws MalformedException for {@code ~=} and {@code ===} without a version, which stop an installer
         */
        public Comparison {
            if (operator.needsVersions()) {
                checkVersions(left, operator, right);
            }
            left = right == Variable.EXTRA ? asExtra(left) : left;
            right = left == Variable.EXTRA ? asExtra(right) : right;
        }

        private static void checkVersions(Operand left, Operator operator, Operand right) {
            String text = left + " " + operator + " " + right;
            if (!left.isVersion() && !right.isVersion()) {
                throw new MalformedException("comparison", text, operator + " only goes with versions");
            }
            if (right instanceof Literal literal) {
                VersionSpecifier.of(operator.versions, literal.value().strip());
            }
        }

        private static Operand asExtra(Operand operand) {
            return operand instanceof Literal literal ? new Literal(normalized(literal.value())) : operand;
        }

        private static String normalized(String extra) {
            try {
                return new DistributionName(extra).normalized();
            } catch (MalformedException e) {
                return extra;
            }
        }

        @Override
        public boolean evaluate(MarkerEnvironment environment) {
            if (left == Variable.EXTRA || right == Variable.EXTRA) {
                return evaluateExtra(environment, left == Variable.EXTRA ? right : left);
            }
            String leftValue = valueOf(left, environment);
            String rightValue = valueOf(right, environment);
            return (left.isVersion() || right.isVersion()
                            ? compareVersions(leftValue, rightValue)
                            : Optional.<Boolean>empty())
                    .orElseGet(() -> operator.compare(leftValue, rightValue));
        }

        /** An extra stands for all that are asked for; only == and != are defined. */
        private boolean evaluateExtra(MarkerEnvironment environment, Operand other) {
            boolean asked =
                    other instanceof Literal literal && environment.extras().contains(literal.value());
            return switch (operator) {
                case EQUAL -> asked;
                case NOT_EQUAL -> !asked;
                default -> false;
            };
        }

        private static String valueOf(Operand operand, MarkerEnvironment environment) {
            if (operand instanceof Literal literal) {
                return literal.value();
            }
            return environment.value((Variable) operand).orElseThrow();
        }

        private Optional<Boolean> compareVersions(String leftValue, String rightValue) {
            Optional<Pep440Version> version = Pep440Version.tryParse(leftValue);
            if (operator.versions == null || version.isEmpty()) {
                return Optional.empty();
            }
            try {
                VersionSpecifier range = VersionSpecifier.of(operator.versions, rightValue.strip());
                return Optional.of(range.contains(version.get()));
            } catch (MalformedException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return left + " " + operator + " " + right;
        }
    }

    /** One side of a comparison. */
    sealed interface Operand {
        /** Whether it is compared as a version where both sides are versions. */
        boolean isVersion();
    }

    /**
     * A text in quotes.
     *
     * @param value without the quotes; no control characters but tabs, no backslash, and not both kinds of quotes
     */
    record Literal(String value) implements Operand {
        /** @throws MalformedException for a text that can't be written */
        public Literal {
            boolean unwritable = value.chars().anyMatch(Literal::isUnwritable);
            if (unwritable || value.indexOf('"') >= 0 && value.indexOf('\'') >= 0) {
                throw new MalformedException(
                        "text in a marker",
                        value,
                        "expected no backslash, no line break and only one kind of quotes: no reader takes them alike");
            }
        }

        static boolean isUnwritable(int c) {
            return c == '\\' || c != '\t' && Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
        }

        @Override
        public boolean isVersion() {
            return false;
        }

        @Override
        public String toString() {
            char quote = value.indexOf('"') >= 0 ? '\'' : '"';
            return quote + value + quote;
        }
    }

    /** A property of the environment. */
    enum Variable implements Operand {
        OS_NAME("os_name", Type.TEXT, "os.name"),
        SYS_PLATFORM("sys_platform", Type.TEXT, "sys.platform"),
        PLATFORM_MACHINE("platform_machine", Type.TEXT, "platform.machine"),
        PLATFORM_PYTHON_IMPLEMENTATION(
                "platform_python_implementation", Type.TEXT, "platform.python_implementation", "python_implementation"),
        PLATFORM_RELEASE("platform_release", Type.TEXT_OR_VERSION),
        PLATFORM_SYSTEM("platform_system", Type.TEXT),
        PLATFORM_VERSION("platform_version", Type.TEXT_OR_VERSION, "platform.version"),
        PYTHON_VERSION("python_version", Type.VERSION),
        PYTHON_FULL_VERSION("python_full_version", Type.VERSION),
        IMPLEMENTATION_NAME("implementation_name", Type.TEXT),
        IMPLEMENTATION_VERSION("implementation_version", Type.VERSION),
        EXTRA("extra", Type.TEXT);

        private enum Type {
            TEXT,
            VERSION,
            TEXT_OR_VERSION
        }

        private final String name;
        private final Type type;
        private final List<String> oldNames;

        Variable(String name, Type type, String... oldNames) {
            this.name = name;
            this.type = type;
            this.oldNames = List.of(oldNames);
        }

        /** The variable of this name, or of one of the names that PEP 345 had for it. */
        static Optional<Variable> of(String name) {
            return Arrays.stream(values())
                    .filter(v -> v.name.equals(name) || v.oldNames.contains(name))
                    .findFirst();
        }

        @Override
        public boolean isVersion() {
            return type != Type.TEXT;
        }

        /** The value where a Python has none. */
        String unknown() {
            return type == Type.VERSION ? "0" : "";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** How two sides are compared. Texts have no order: of {@code <} and {@code <=} only the equality remains. */
    enum Operator {
        COMPATIBLE("~=", VersionSpecifier.Operator.COMPATIBLE),
        ARBITRARY("===", VersionSpecifier.Operator.ARBITRARY),
        EQUAL("==", VersionSpecifier.Operator.EQUAL),
        NOT_EQUAL("!=", VersionSpecifier.Operator.NOT_EQUAL),
        AT_MOST("<=", VersionSpecifier.Operator.AT_MOST),
        AT_LEAST(">=", VersionSpecifier.Operator.AT_LEAST),
        LESS("<", VersionSpecifier.Operator.LESS),
        GREATER(">", VersionSpecifier.Operator.GREATER),
        IN("in", null),
        NOT_IN("not in", null);

        private final String symbol;
        private final VersionSpecifier.Operator versions;

        Operator(String symbol, VersionSpecifier.Operator versions) {
            this.symbol = symbol;
            this.versions = versions;
        }

        private boolean needsVersions() {
            return this == COMPATIBLE || this == ARBITRARY;
        }

        private boolean compare(String left, String right) {
            return switch (this) {
                case COMPATIBLE, ARBITRARY, EQUAL, AT_MOST, AT_LEAST -> left.equals(right);
                case NOT_EQUAL -> !left.equals(right);
                case LESS, GREATER -> false;
                case IN -> right.contains(left);
                case NOT_IN -> !right.contains(left);
            };
        }

        @Override
        public String toString() {
            return symbol;
        }
    }
}

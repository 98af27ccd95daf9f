package io.github.nativemaven.binary;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a symbol version, as the GNU libraries form it.
 *
 * @param kind what is before the number: {@code GLIBCXX_LDBL}; the whole name where no number is at its end
 * @param numbers the number's parts; empty where there is none
 */
record SymbolVersion(String kind, List<Integer> numbers) {

    static SymbolVersion parse(String name) {
        int at = name.lastIndexOf('_') + 1;
        List<Integer> numbers = new ArrayList<>();
        int number = -1;
        for (int i = at; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= '0' && c <= '9' && number < 100_000_000) {
                number = Math.max(number, 0) * 10 + (c - '0');
            } else if (c == '.' && number >= 0) {
                numbers.add(number);
                number = -1;
            } else {
                return new SymbolVersion(name, List.of());
            }
        }
        if (number < 0 || at == 0) {
            return new SymbolVersion(name, List.of());
        }
        numbers.add(number);
        return new SymbolVersion(name.substring(0, at - 1), List.copyOf(numbers));
    }

    /** What is before the first underscore: {@code GLIBCXX}. */
    String family() {
        int at = kind.indexOf('_');
        return at < 0 ? kind : kind.substring(0, at);
    }

    /** Compares the numbers part by part; a part that is missing is less than any. */
    int compareNumbers(SymbolVersion other) {
        int common = Math.min(numbers.size(), other.numbers.size());
        for (int i = 0; i < common; i++) {
            int order = Integer.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.size(), other.numbers.size());
    }
}

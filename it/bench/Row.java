import java.util.List;

/**
 * What was measured of one candidate.
 *
 * @param seconds of each round
 * @param peakKib the most memory of the process in any round, in KiB, or 0 where that isn't known
 */
record Row(String name, List<Double> seconds, long peakKib) {
    double median() {
        return median(seconds);
    }

    double least() {
        return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double most() {
        return seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    double peakMib() {
        return peakKib / 1024.0;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}

import java.io.IOException;

/** What is measured, under the name that it has in the table. */
record Candidate(String name, Measurement measurement) {
    /** One measurement; it says how long it took. */
    interface Measurement {
        Sample run() throws IOException, InterruptedException;
    }

    /** What is done before or after each measurement, and isn't measured. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** @param peakKib the most memory of the process, or 0 where that isn't known */
    record Sample(double seconds, long peakKib) {}

    Candidate named(String other) {
        return new Candidate(other, measurement);
    }

    /** The same, measured after this step. */
    Candidate after(Step step) {
        return new Candidate(name, () -> {
            step.run();
            return measurement.run();
        });
    }

    /** The same, measured before this step. */
    Candidate before(Step step) {
        return new Candidate(name, () -> {
            Sample sample = measurement.run();
            step.run();
            return sample;
        });
    }
}

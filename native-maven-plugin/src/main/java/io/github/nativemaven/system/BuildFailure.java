package io.github.nativemaven.system;

/** Stops a build for one {@link Problem}. */
public final class BuildFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    BuildFailure(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}

package io.github.nativemaven.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Work that runs beside other work. */
final class Futures {
    private Futures() {}

    /** The value, or the exception that the work itself threw. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}

package io.github.nativemaven.archive;

/**
 * One file of an archive.
 *
 * @param path relative, with {@code /}
 * @param content its bytes
 * @param executable whether it may be run: mode 0755, else 0644
 * @param origin where it comes from, for an error's sentence
 */
public record Entry(String path, Content content, boolean executable, String origin) {}

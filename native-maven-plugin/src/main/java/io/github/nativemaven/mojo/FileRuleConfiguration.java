package io.github.nativemaven.mojo;

import io.github.nativemaven.project.FileRuleReader;
import io.github.nativemaven.project.Maturin.FileRule;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.util.List;
import java.util.Optional;

/**
 * A rule of {@code <include>} or {@code <exclude>}: a pattern alone, or with what else pyproject.toml's tables of that
 * name may say.
 */
public final class FileRuleConfiguration {
    /** A pattern of files, with {@code /}. */
    String path;

    /** The archive that it is for, {@code wheel} or {@code sdist}; default both. */
    String format;

    /** {@code out-dir} for files that a build script made. */
    String from;

    /** The directory of the wheel that such files go to. */
    String to;

    /** Whose build script; default: the project's crate. */
    String crateName;

    /** Takes the text of an element that has no others in it. */
    public void set(String pattern) {
        path = pattern;
    }

    /** @param element the element that it stands in, for a person */
    FileRule rule(String element) {
        return FileRuleReader.of(new Members(element));
    }

    private final class Members implements FileRuleReader.Members {
        private final String element;

        Members(String element) {
            this.element = element;
        }

        @Override
        public String origin() {
            return element;
        }

        @Override
        public Optional<String> text(String key) {
            return Optional.ofNullable(
                            switch (key) {
                                case "path" -> path;
                                case "from" -> from;
                                case "to" -> to;
                                default -> crateName;
                            })
                    .map(String::strip);
        }

        @Override
        public Optional<List<String>> formats() {
            return Optional.ofNullable(format).map(name -> List.of(name.strip()));
        }

        @Override
        public String written(String key, String value) {
            return "<" + key + ">" + value + "</" + key + ">";
        }

        @Override
        public RuntimeException invalid(String key, String reason) {
            return new ProjectProblem.InvalidSetting(
                            new Setting<>(text("path").orElse(""), element), "<" + key + "> " + reason)
                    .asFailure();
        }
    }
}

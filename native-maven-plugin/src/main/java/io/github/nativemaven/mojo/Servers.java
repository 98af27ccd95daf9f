package io.github.nativemaven.mojo;

import io.github.nativemaven.cargo.CompilerCache;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.Setting;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Names and passwords of settings.xml. */
final class Servers {
    private Servers() {}

    /** Those of a server, decrypted; none where settings.xml hasn't the server. */
    static Optional<CompilerCache.Credentials> of(MavenSession session, SettingsDecrypter decrypter, String id) {
        Server server = session.getSettings().getServer(id);
        if (server == null) {
            return Optional.empty();
        }
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        result.getProblems().stream()
                .filter(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING)
                .findFirst()
                .ifPresent(problem -> {
                    throw new ProjectProblem.InvalidSetting(
                                    new Setting<>(id, "<server><id> in settings.xml"), problem.getMessage())
                            .asFailure();
                });
        Server plain = result.getServer();
        return Optional.of(new CompilerCache.Credentials(
                plain.getUsername() == null ? "" : plain.getUsername(),
                plain.getPassword() == null ? "" : plain.getPassword()));
    }
}

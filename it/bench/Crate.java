import java.io.IOException;
import java.nio.file.Path;

/**
 * A small crate for Python.
 *
 * @param name of the crate
 * @param library what its module is called
 * @param rest of its Cargo.toml: lines of {@code [dependencies]}, and tables
 * @param source of its library
 */
record Crate(String name, String library, String rest, String source) {
    /** A crate whose module is empty. */
    Crate(String name, String library, String rest) {
        this(name, library, rest, "#[pyo3::pymodule]\nmod " + library + " {}\n");
    }

    /** Makes a project of it, with a POM. */
    Path write(Path project, String version) throws IOException {
        Workbench.write(
                project.resolve("Cargo.toml"),
                "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\nname = \""
                        + library + "\"\ncrate-type = [\"cdylib\"]\n[dependencies]\n" + rest);
        Workbench.write(project.resolve("src/lib.rs"), source);
        Workbench.write(project.resolve(".mvn/jvm.config"), "-XX:TieredStopAtLevel=1\n");
        Workbench.write(
                project.resolve("pom.xml"),
                "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
                        + "<groupId>org.acme</groupId><artifactId>" + name + "</artifactId><version>0.1.0</version>"
                        + "<packaging>rust</packaging><build><plugins><plugin><groupId>io.github.nativemaven</groupId>"
                        + "<artifactId>native-maven-plugin</artifactId><version>" + version
                        + "</version><extensions>true</extensions></plugin></plugins></build></project>\n");
        return project;
    }
}

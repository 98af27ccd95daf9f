package io.github.nativemaven.wheel;

import io.github.nativemaven.cargo.Crate;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.project.PomMetadata;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.project.ProjectProblem;
import io.github.nativemaven.project.PyProject;
import io.github.nativemaven.project.Setting;
import io.github.nativemaven.python.Requirement;
import io.github.nativemaven.wheel.CoreMetadata.Field;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a project says of itself, as METADATA. The table {@code [project]} wins; where it is there, only what it lists as
 * dynamic is taken from elsewhere: from Cargo.toml, then from the POM.
 */
public final class ProjectMetadata {
    /** How a classifier begins that names a licence. */
    static final String LICENSE_CLASSIFIER = "License ::";

    private static final String CARGO = "Cargo.toml package.";

    private final Project project;
    private final Optional<PyProject.ProjectTable> table;
    private final CoreMetadata.Builder builder;

    private ProjectMetadata(Project project) {
        this.project = project;
        this.table = project.pyproject().flatMap(PyProject::project);
        this.builder = CoreMetadata.builder(project.name(), project.version());
    }

    /** The METADATA of a project. A value that can't stand in it is a problem that names where it comes from. */
    public static CoreMetadata of(Project project) throws IOException {
        ProjectMetadata metadata = new ProjectMetadata(project);
        metadata.addDescription();
        metadata.addPeople();
        metadata.addLicense();
        metadata.addClassification();
        metadata.addRequirements();
        metadata.addUrls();
        try {
            return metadata.builder.build();
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(new Setting<>(e.input(), e.kind()), e.reason()).asFailure(e);
        }
    }

    /** The entry points of a project: its scripts, programs with windows, and plug-ins. */
    public static EntryPoints entryPoints(Project project) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        project.pyproject().flatMap(PyProject::project).ifPresent(table -> {
            addGroup(groups, table, EntryPoints.CONSOLE_SCRIPTS, "scripts", table.scripts());
            addGroup(groups, table, EntryPoints.GUI_SCRIPTS, "gui-scripts", table.guiScripts());
            table.entryPoints()
                    .forEach((group, entries) -> addGroup(groups, table, group, "entry-points." + group, entries));
        });
        return EntryPoints.of(groups);
    }

    /** Each is read by itself, so that the one that is wrong can be named. */
    private static void addGroup(
            Map<String, Map<String, String>> groups,
            PyProject.ProjectTable table,
            String group,
            String key,
            Map<String, String> entries) {
        entries.forEach((name, object) -> {
            try {
                EntryPoints.of(Map.of(group, Map.of(name, object)));
            } catch (MalformedException e) {
                String exact = key + "." + name;
                String origin = table.origin(table.lines().containsKey(exact) ? exact : key);
                throw new ProjectProblem.InvalidSetting(new Setting<>(e.input(), origin), e.reason()).asFailure(e);
            }
        });
        groups.put(group, entries);
    }

    /** The licence files of a project, by the place below its root that they have in archives. */
    public static Map<String, Path> licenseFiles(Project project) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        LicenseFiles.find(project).forEach(found -> files.put(found.path(), found.file()));
        return files;
    }

    private boolean isOpen(String key) {
        return table.isEmpty() || table.get().isDynamic(key);
    }

    /** The value of the table, else, where the table leaves it open, the other. */
    private Optional<Setting<String>> value(
            String key, Optional<String> inTable, Supplier<Optional<Setting<String>>> other) {
        Optional<Setting<String>> own = inTable.map(text -> new Setting<>(text, inTable(key)));
        return own.isPresent() || !isOpen(key) ? own : other.get();
    }

    private Optional<Setting<String>> cargo(String key, Optional<String> value) {
        return value.map(text -> new Setting<>(text, CARGO + key));
    }

    private Optional<Setting<String>> pom(String element, Optional<String> value) {
        return value.map(text -> new Setting<>(text, "pom.xml <" + element + ">"));
    }

    private String inTable(String key) {
        return table.map(found -> found.origin(key)).orElse(PyProject.NAME + " project." + key);
    }

    private void add(Field field, Setting<String> value) {
        try {
            builder.add(field, value.value());
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(value, e.reason()).asFailure(e);
        }
    }

    private void addDescription() throws IOException {
        Crate.About about = project.crate().about();
        value(
                        "description",
                        table.flatMap(PyProject.ProjectTable::description),
                        () -> Setting.first(
                                () -> cargo("description", about.description()),
                                () -> pom("description", project.pom().description())))
                .ifPresent(summary -> add(Field.SUMMARY, summary));
        Optional<PyProject.Readme> readme = table.flatMap(PyProject.ProjectTable::readme);
        if (readme.isPresent()) {
            addReadme(readme.get());
        } else if (isOpen("readme") && about.readme().isPresent()) {
            Path file = project.crate().directory().resolve(about.readme().get());
            addReadme(file, Optional.empty(), new Setting<>(about.readme().get(), CARGO + "readme"));
        }
    }

    private void addReadme(PyProject.Readme readme) throws IOException {
        Setting<String> origin = new Setting<>(
                readme.file().orElse("text"),
                inTable(table.orElseThrow().firstOf("readme.file", "readme.text", "readme")));
        if (readme.file().isPresent()) {
            addReadme(project.directory().resolve(readme.file().get()), readme.contentType(), origin);
            return;
        }
        add(Field.DESCRIPTION, origin.map(name -> readme.text().orElseThrow()));
        add(Field.DESCRIPTION_CONTENT_TYPE, origin.map(name -> readme.contentType()
                .orElse("text/plain")));
    }

    private void addReadme(Path file, Optional<String> contentType, Setting<String> origin) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ProjectProblem.InvalidSetting(origin, "no such file: " + file).asFailure();
        }
        try {
            String type = contentType.orElseGet(() -> CoreMetadata.contentTypeOf(origin.value()));
            String text = Files.readString(file);
            add(Field.DESCRIPTION, origin.map(name -> text));
            add(Field.DESCRIPTION_CONTENT_TYPE, origin.map(name -> type));
        } catch (CharacterCodingException e) {
            throw new ProjectProblem.InvalidSetting(origin, file + " is not in UTF-8, as metadata must be")
                    .asFailure(e);
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(origin, e.reason()).asFailure(e);
        }
    }

    private void addPeople() {
        List<PyProject.Person> authors =
                table.map(PyProject.ProjectTable::authors).orElse(List.of());
        if (authors.isEmpty() && isOpen("authors")) {
            authors = project.crate().about().authors().stream()
                    .map(ProjectMetadata::person)
                    .toList();
        }
        if (authors.isEmpty() && isOpen("authors")) {
            authors = project.pom().developers().stream()
                    .map(developer -> new PyProject.Person(developer.name(), developer.email()))
                    .toList();
        }
        addPeople("authors", authors, Field.AUTHOR, Field.AUTHOR_EMAIL);
        List<PyProject.Person> maintainers =
                table.map(PyProject.ProjectTable::maintainers).orElse(List.of());
        addPeople("maintainers", maintainers, Field.MAINTAINER, Field.MAINTAINER_EMAIL);
    }

    /** Names alone in one field, names with addresses in the other. */
    private void addPeople(String key, List<PyProject.Person> people, Field names, Field mailboxes) {
        List<String> named = new ArrayList<>();
        List<String> reachable = new ArrayList<>();
        for (PyProject.Person person : people) {
            if (person.email().isPresent()) {
                reachable.add(person.name()
                        .map(name -> CoreMetadata.mailbox(name, person.email().get()))
                        .orElse(person.email().get()));
            } else {
                person.name().ifPresent(named::add);
            }
        }
        add(names, new Setting<>(String.join(", ", named), inTable(key)));
        add(mailboxes, new Setting<>(String.join(", ", reachable), inTable(key)));
    }

    /** Cargo's form, {@code name <address>}. */
    private static PyProject.Person person(String author) {
        int open = author.lastIndexOf('<');
        if (open < 0 || !author.endsWith(">")) {
            return author.contains("@")
                    ? new PyProject.Person(Optional.empty(), Optional.of(author))
                    : new PyProject.Person(Optional.of(author), Optional.empty());
        }
        String name = author.substring(0, open).strip();
        String email = author.substring(open + 1, author.length() - 1).strip();
        return new PyProject.Person(
                Optional.of(name).filter(text -> !text.isEmpty()),
                Optional.of(email).filter(text -> text.contains("@")));
    }

    private void addLicense() throws IOException {
        Optional<PyProject.License> own = table.flatMap(PyProject.ProjectTable::license);
        if (own.isPresent()) {
            own.get()
                    .expression()
                    .ifPresent(text -> add(Field.LICENSE_EXPRESSION, new Setting<>(text, inTable("license"))));
            own.get()
                    .text()
                    .ifPresent(text -> add(
                            Field.LICENSE,
                            new Setting<>(text.strip().replaceAll("\\s*\\R\\s*", " "), inTable("license.text"))));
        } else if (isOpen("license")) {
            Optional<String> cargo = project.crate().about().license();
            List<String> pom = project.pom().licenses();
            if (cargo.isPresent()) {
                addLicense(new Setting<>(cargo.get(), CARGO + "license"));
            } else if (!pom.isEmpty()) {
                addLicense(new Setting<>(String.join(" OR ", pom), "pom.xml <licenses>"));
            }
        }
        for (LicenseFiles.Found file : LicenseFiles.find(project)) {
            add(Field.LICENSE_FILE, new Setting<>(file.path(), "license file"));
        }
    }

    /**
     * An expression where it is one; POMs often have a licence's full name, which goes into the old field. So does an
     * expression beside a classifier that says the same: both may not stand together.
     */
    private void addLicense(Setting<String> text) {
        boolean classified = table.map(PyProject.ProjectTable::classifiers).orElse(List.of()).stream()
                .anyMatch(classifier -> classifier.startsWith(LICENSE_CLASSIFIER));
        if (classified) {
            add(Field.LICENSE, text);
            return;
        }
        try {
            builder.add(
                    Field.LICENSE_EXPRESSION,
                    LicenseExpression.ofCargo(text.value()).toString());
        } catch (MalformedException e) {
            add(Field.LICENSE, text);
        }
    }

    private void addClassification() {
        List<String> keywords = table.map(PyProject.ProjectTable::keywords).orElse(List.of());
        String origin = inTable("keywords");
        if (keywords.isEmpty() && isOpen("keywords")) {
            keywords = project.crate().about().keywords();
            origin = CARGO + "keywords";
        }
        add(Field.KEYWORDS, new Setting<>(String.join(",", keywords), origin));
        List<String> classifiers =
                table.map(PyProject.ProjectTable::classifiers).orElse(List.of());
        for (int i = 0; i < classifiers.size(); i++) {
            add(
                    Field.CLASSIFIER,
                    new Setting<>(classifiers.get(i), table.orElseThrow().origin("classifiers", i)));
        }
    }

    private void addRequirements() {
        project.requiresPython()
                .ifPresent(python ->
                        add(Field.REQUIRES_PYTHON, new Setting<>(python.toString(), inTable("requires-python"))));
        project.dependencies().forEach(builder::requires);
        table.map(PyProject.ProjectTable::optionalDependencies).orElse(Map.of()).forEach((extra, requirements) -> {
            Setting<String> name = new Setting<>(extra, inTable("optional-dependencies"));
            add(Field.PROVIDES_EXTRA, name);
            String key = "optional-dependencies." + extra;
            for (int i = 0; i < requirements.size(); i++) {
                Setting<String> requirement =
                        new Setting<>(requirements.get(i), table.orElseThrow().origin(key, i));
                add(Field.REQUIRES_DIST, new Setting<>(withExtra(requirement, extra), requirement.origin()));
            }
        });
    }

    private static String withExtra(Setting<String> requirement, String extra) {
        try {
            return Requirement.parse(requirement.value()).withExtra(extra).toString();
        } catch (MalformedException e) {
            throw new ProjectProblem.InvalidSetting(requirement, e.reason()).asFailure(e);
        }
    }

    private void addUrls() {
        Map<String, Setting<String>> urls = new LinkedHashMap<>();
        table.map(PyProject.ProjectTable::urls)
                .orElse(Map.of())
                .forEach((label, url) -> urls.put(label, new Setting<>(url, inTable("urls." + label))));
        if (urls.isEmpty() && isOpen("urls")) {
            Crate.About about = project.crate().about();
            PomMetadata pom = project.pom();
            Setting.first(() -> cargo("homepage", about.homepage()), () -> pom("url", pom.url()))
                    .ifPresent(url -> urls.put("Homepage", url));
            cargo("documentation", about.documentation()).ifPresent(url -> urls.put("Documentation", url));
            Setting.first(() -> cargo("repository", about.repository()), () -> pom("scm", pom.scmUrl()))
                    .ifPresent(url -> urls.put("Source Code", url));
            pom("issueManagement", pom.issuesUrl()).ifPresent(url -> urls.put("Issues", url));
        }
        urls.forEach((label, url) -> add(Field.PROJECT_URL, url.map(address -> label + ", " + address)));
    }
}

package io.github.nativemaven.wheel;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A bill of materials in CycloneDX's JSON. The same components give the same text: it has no serial number, and no time,
 * both of which may be left out.
 *
 * @see <a href="https://cyclonedx.org/docs/1.5/json/">CycloneDX 1.5</a>
 */
final class CycloneDx {
    private static final String VERSION = "1.5";

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);

    private CycloneDx() {
        json.setIndent("  ");
        json.setHtmlSafe(false);
    }

    /**
     * Something that is in a product, or helped to make it.
     *
     * @param reference what others refer to it by, unique in its document
     * @param name its name
     * @param version its version, where it is known
     * @param runtime whether it is in the product; what only helped to make it isn't
     * @param license its licence, where it is known
     * @param purl where it comes from, as a package URL
     * @param sha256 its digest, 64 hexadecimal digits
     * @param repository where its source is
     * @param needs references of what it needs
     */
    record Component(
            String reference,
            String name,
            Optional<String> version,
            boolean runtime,
            Optional<License> license,
            Optional<String> purl,
            Optional<String> sha256,
            Optional<String> repository,
            List<String> needs) {}

    /**
     * A licence.
     *
     * @param text an SPDX expression, or the author's own words
     * @param expression whether it is the former
     */
    record License(String text, boolean expression) {}

    /**
     * Writes a document.
     *
     * @param tool what made it, name and version with a space between
     * @param product what it is about
     * @param components what the product is made of, in their order
     */
    static String write(String tool, Component product, Collection<Component> components) throws IOException {
        CycloneDx document = new CycloneDx();
        JsonWriter json = document.json;
        json.beginObject();
        json.name("bomFormat").value("CycloneDX");
        json.name("specVersion").value(VERSION);
        json.name("version").value(1);
        document.metadata(tool, product);
        json.name("components").beginArray();
        for (Component component : components) {
            document.component(component, false);
        }
        json.endArray();
        json.name("dependencies").beginArray();
        document.dependencies(product);
        for (Component component : components) {
            document.dependencies(component);
        }
        json.endArray();
        json.endObject();
        json.flush();
        return document.text + "\n";
    }

    private void metadata(String tool, Component product) throws IOException {
        int space = tool.lastIndexOf(' ');
        json.name("metadata").beginObject();
        json.name("tools").beginObject().name("components").beginArray().beginObject();
        json.name("type").value("application");
        json.name("name").value(tool.substring(0, space));
        json.name("version").value(tool.substring(space + 1));
        json.endObject().endArray().endObject();
        json.name("component");
        component(product, true);
        json.endObject();
    }

    private void component(Component component, boolean product) throws IOException {
        json.beginObject();
        json.name("type").value("library");
        json.name("bom-ref").value(component.reference());
        json.name("name").value(component.name());
        optional("version", component.version());
        if (!product) {
            json.name("scope").value(component.runtime() ? "required" : "excluded");
        }
        if (component.sha256().isPresent()) {
            json.name("hashes").beginArray().beginObject();
            json.name("alg").value("SHA-256");
            json.name("content").value(component.sha256().get());
            json.endObject().endArray();
        }
        if (component.license().isPresent()) {
            license(component.license().get());
        }
        optional("purl", component.purl());
        if (component.repository().isPresent()) {
            json.name("externalReferences").beginArray().beginObject();
            json.name("type").value("vcs");
            json.name("url").value(component.repository().get());
            json.endObject().endArray();
        }
        json.endObject();
    }

    private void license(License license) throws IOException {
        json.name("licenses").beginArray().beginObject();
        if (license.expression()) {
            json.name("expression").value(license.text());
        } else {
            json.name("license")
                    .beginObject()
                    .name("name")
                    .value(license.text())
                    .endObject();
        }
        json.endObject().endArray();
    }

    private void optional(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.name(name).value(value.get());
        }
    }

    private void dependencies(Component component) throws IOException {
        json.beginObject();
        json.name("ref").value(component.reference());
        if (!component.needs().isEmpty()) {
            json.name("dependsOn").beginArray();
            for (String needed : component.needs()) {
                json.value(needed);
            }
            json.endArray();
        }
        json.endObject();
    }
}

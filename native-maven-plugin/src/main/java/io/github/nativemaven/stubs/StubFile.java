package io.github.nativemaven.stubs;

import io.github.nativemaven.python.Identifiers;
import io.github.nativemaven.system.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stub of one module.
 *
 * @see <a href="https://typing.python.org/en/latest/spec/distributing.html#stub-files">stub files</a>
 */
final class StubFile {
    private static final String INDENT = "    ";
    private static final Set<String> RECEIVERS = Set.of("self", "cls");
    /** Of the methods that Python itself calls, those that may be called with names of parameters. */
    private static final Set<String> CALLED_BY_NAME = Set.of("__new__", "__init__", "__call__");

    private static final Set<String> COMPARISONS = Set.of("__eq__", "__ne__");

    private final Chunks chunks;
    private final Expressions expressions;
    private final StringBuilder body = new StringBuilder();

    private StubFile(Chunks chunks, Expressions expressions) {
        this.chunks = chunks;
        this.expressions = expressions;
    }

    /** The text of a module's stub; its submodules have files of their own. */
    static String of(Json module, Chunks chunks, Expressions expressions) {
        StubFile file = new StubFile(chunks, expressions);
        List<Json> members = chunks.members(module);
        file.members(members, "");
        if (module.get("incomplete").isTrue()) {
            file.body
                    .append("\ndef __getattr__(name: str) -> ")
                    .append(expressions.unknown())
                    .append(": ...\n");
        }
        StringBuilder text = new StringBuilder();
        module.get("doc").text().ifPresent(doc -> text.append(docstring(doc, ""))
                .append('\n'));
        expressions
                .imports()
                .forEach(name -> text.append("import ").append(name).append('\n'));
        for (Json member : members) {
            if (Chunks.isModule(member)) {
                String name = member.get("name").string();
                text.append("from . import ")
                        .append(name)
                        .append(" as ")
                        .append(name)
                        .append('\n');
            }
        }
        if (!module.get("incomplete").isTrue()) {
            text.append(text.isEmpty() ? "" : "\n").append(all(members));
        }
        String separator = text.isEmpty() || file.body.isEmpty() ? "" : "\n";
        return text + separator + file.body.toString().stripLeading();
    }

    /** What {@code import *} takes, as PyO3 lists it in the module. */
    private static String all(List<Json> members) {
        return members.stream()
                .map(member -> Expressions.quoted(member.get("name").string()))
                .collect(Collectors.joining(", ", "__all__ = [", "]\n"));
    }

    private void members(List<Json> members, String indent) {
        for (Json member : members) {
            String name = member.get("name").string();
            if (Chunks.isModule(member) || !Identifiers.isIdentifier(name) || Identifiers.isKeyword(name)) {
                continue;
            }
            switch (member.get("type").string()) {
                case "attribute" -> attribute(member, indent);
                case "class" -> type(member, indent);
                default -> function(member, indent);
            }
        }
    }

    private void attribute(Json attribute, String indent) {
        body.append(indent).append(attribute.get("name").string()).append(": ");
        body.append(expressions.write(attribute.get("annotation")));
        Json value = attribute.get("value");
        if (value.get("type").text().isPresent()) {
            body.append(" = ").append(expressions.write(value));
        }
        body.append('\n');
        attribute.get("doc").text().ifPresent(doc -> body.append(docstring(doc, indent)));
    }

    private void type(Json type, String indent) {
        body.append('\n');
        decorators(type, indent);
        List<String> bases =
                type.get("bases").items().stream().map(expressions::write).toList();
        body.append(indent).append("class ").append(type.get("name").string());
        body.append(bases.isEmpty() ? ":" : "(" + String.join(", ", bases) + "):");
        List<Json> members = chunks.members(type);
        boolean documented = type.get("doc").text().isPresent();
        body.append(members.isEmpty() && !documented ? " ...\n" : "\n");
        type.get("doc").text().ifPresent(doc -> body.append(docstring(doc, indent + INDENT)));
        members(members, indent + INDENT);
        body.append(indent.isEmpty() ? "\n" : "");
    }

    private void decorators(Json member, String indent) {
        member.get("decorators").items().forEach(tree -> body.append(indent)
                .append('@')
                .append(expressions.decorator(tree))
                .append('\n'));
    }

    private void function(Json function, String indent) {
        decorators(function, indent);
        body.append(indent).append(function.get("async").isTrue() ? "async def " : "def ");
        body.append(function.get("name").string());
        body.append('(').append(String.join(", ", parameters(function))).append(')');
        if (function.get("returns").get("type").text().isPresent()) {
            body.append(" -> ").append(expressions.write(function.get("returns")));
        }
        if (function.get("doc").text().isPresent()) {
            body.append(":\n").append(docstring(function.get("doc").string(), indent + INDENT));
        } else {
            body.append(": ...\n");
        }
    }

    private List<String> parameters(Json function) {
        List<String> parameters = new ArrayList<>();
        Json arguments = function.get("arguments");
        String name = function.get("name").string();
        // Whatever a class compares itself with, type checkers want these to take everything, as object's own do.
        boolean compares = COMPARISONS.contains(name);
        boolean slot = name.startsWith("__") && name.endsWith("__") && !CALLED_BY_NAME.contains(name);
        arguments.get("posonlyargs").items().forEach(each -> parameters.add(parameter("", each, compares)));
        List<Json> more = arguments.get("args").items();
        if (slot) {
            more.forEach(each -> parameters.add(parameter("", each, compares)));
        }
        if (!parameters.isEmpty()) {
            parameters.add("/");
        }
        if (!slot) {
            more.forEach(each -> parameters.add(parameter("", each, false)));
        }
        addNamed(parameters, arguments);
        return parameters;
    }

    private void addNamed(List<String> parameters, Json arguments) {
        boolean variable = arguments.get("vararg").get("name").text().isPresent();
        if (variable) {
            parameters.add(parameter("*", arguments.get("vararg"), false));
        }
        List<Json> named = arguments.get("kwonlyargs").items();
        if (!variable && !named.isEmpty()) {
            parameters.add("*");
        }
        named.forEach(each -> parameters.add(parameter("", each, false)));
        if (arguments.get("kwarg").get("name").text().isPresent()) {
            parameters.add(parameter("**", arguments.get("kwarg"), false));
        }
    }

    private String parameter(String stars, Json parameter, boolean anything) {
        String name = parameter.get("name").string();
        // A word of Python's own can only be passed by place, and may be called anything.
        String text = stars + name + (Identifiers.isKeyword(name) ? "_" : "");
        boolean annotated = !RECEIVERS.contains(name);
        if (annotated) {
            Json annotation = parameter.get("annotation");
            boolean known = annotation.get("type").text().isPresent();
            text += ": " + (anything ? "object" : known ? expressions.write(annotation) : expressions.unknown());
        }
        if (parameter.get("default").get("type").text().isPresent()) {
            text += (annotated ? " = " : "=") + expressions.write(parameter.get("default"));
        }
        return text;
    }

    private static String docstring(String doc, String indent) {
        String escaped = doc.strip().replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"");
        String open = indent + "\"\"\"";
        if (!escaped.contains("\n")) {
            return open + (escaped.endsWith("\"") ? escaped + " " : escaped) + "\"\"\"\n";
        }
        StringBuilder text = new StringBuilder(open).append('\n');
        escaped.lines().forEach(line -> text.append(line.isBlank() ? "" : indent + line)
                .append('\n'));
        return text.append(indent).append("\"\"\"\n").toString();
    }

    /** The names that a module and its classes define. */
    static void addNames(Json owner, Chunks chunks, Set<String> names) {
        for (Json member : chunks.members(owner)) {
            names.add(member.get("name").string());
            if (Chunks.isClass(member)) {
                addNames(member, chunks, names);
            }
        }
    }
}

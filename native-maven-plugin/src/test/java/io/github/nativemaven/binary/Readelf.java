package io.github.nativemaven.binary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GNU readelf says of a file. */
record Readelf(
        List<String> needed,
        Optional<String> soname,
        String rpath,
        String runpath,
        List<String> versionNeeds,
        Set<String> exports,
        Set<String> imports,
        Set<String> versionedImports) {

    private static final Pattern NAMED = Pattern.compile("\\((\\w+)\\) .*: \\[(.*)]");
    private static final Pattern LIBRARY = Pattern.compile("Version: 1  File: (\\S+)  Cnt: \\d+");
    private static final Pattern VERSION = Pattern.compile("Name: (\\S+)  Flags: .*  Version: \\d+");
    private static final Pattern SYMBOL = Pattern.compile(
            "\\s*\\d+: [0-9a-f]+ +\\S+ +\\S+ +(\\S+|<OS specific>: \\d+) +(\\S+)(?: \\[.*?])? +(\\S+) +(\\S+?)(?:(@@?)(\\S+))?(?: \\(\\d+\\))?\\s*");

    static Readelf of(Path file) throws Exception {
        List<String> needed = new ArrayList<>();
        Optional<String> soname = Optional.empty();
        String rpath = "";
        String runpath = "";
        for (String line : Tools.output("readelf", "-dW", file.toString()).split("\n")) {
            Matcher named = NAMED.matcher(line);
            if (named.find()) {
                switch (named.group(1)) {
                    case "NEEDED" -> needed.add(named.group(2));
                    case "SONAME" -> soname = Optional.of(named.group(2));
                    case "RPATH" -> rpath = named.group(2);
                    case "RUNPATH" -> runpath = named.group(2);
                    default -> {
                        // Not compared.
                    }
                }
            }
        }
        Set<String> exports = new LinkedHashSet<>();
        Set<String> imports = new LinkedHashSet<>();
        Set<String> versioned = new LinkedHashSet<>();
        for (String line :
                Tools.output("readelf", "--dyn-syms", "-W", file.toString()).split("\n")) {
            Matcher symbol = SYMBOL.matcher(line);
            if (symbol.matches() && !symbol.group(1).equals("LOCAL")) {
                if (symbol.group(3).equals("UND")) {
                    imports.add(symbol.group(4));
                    versioned.add(symbol.group(4) + "@" + symbol.group(6));
                } else if (!symbol.group(2).equals("HIDDEN")) {
                    exports.add(symbol.group(4));
                }
            }
        }
        return new Readelf(needed, soname, rpath, runpath, versions(file), exports, imports, versioned);
    }

    private static List<String> versions(Path file) throws Exception {
        List<String> needs = new ArrayList<>();
        String library = "";
        for (String line : Tools.output("readelf", "-VW", file.toString()).split("\n")) {
            Matcher libraryLine = LIBRARY.matcher(line);
            Matcher versionLine = VERSION.matcher(line);
            if (line.startsWith("Version definition")) {
                library = "";
            } else if (libraryLine.find()) {
                library = libraryLine.group(1);
            } else if (versionLine.find() && !library.isEmpty()) {
                needs.add(library + " " + versionLine.group(1));
            }
        }
        return needs;
    }
}

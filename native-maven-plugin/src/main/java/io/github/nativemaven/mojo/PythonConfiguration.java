package io.github.nativemaven.mojo;

import java.io.File;
import java.util.List;

/** The group {@code <python>} of the configuration: what the distribution is called, and which Pythons it is for. */
public final class PythonConfiguration {
    /**
     * The Pythons to build for: names ({@code python3.11}), paths, versions ({@code 3.11}, {@code 3.13t}), ranges
     * ({@code >=3.10}) or {@code all}. Property {@code rust.interpreters}; default: the one of the active environment,
     * else {@code python3}.
     */
    List<String> interpreters;

    /** The distribution's name. Property {@code rust.name}; default: pyproject.toml's, else the crate's. */
    String name;

    /** The extension module's full name, such as {@code pkg._core}. Property {@code rust.moduleName}; default: the library's name. */
    String moduleName;

    /**
     * Further extension modules of the wheel: {@code pkg._fast=crate} for the library of another crate of the workspace, by
     * its name or directory; {@code pkg._fast} for another module in the crate's own library. Property {@code rust.modules}.
     */
    List<String> modules;

    /**
     * How the crate is made callable: {@code pyo3}, {@code pyo3-ffi}, {@code cffi}, {@code uniffi} or {@code bin}. Property
     * {@code rust.bindings}; default: what the crate depends on and is made as.
     */
    String bindings;

    /**
     * Which of the crate's programs are shipped. Property {@code rust.programs}; default: all where the crate has nothing
     * else to offer, none beside a library.
     */
    List<String> programs;

    /** Where Python packages lie. Property {@code rust.pythonSource}; default {@code src/main/python}, or the project. */
    File sourceDirectory;

    /** Which Pythons the distribution accepts, such as {@code >=3.9}. Property {@code rust.requiresPython}. */
    String requiresPython;

    /** What the distribution requires, as dependency specifiers (PEP 508): {@code numpy>=1.26}. */
    List<String> dependencies;

    /** What its tests require besides: {@code pytest}. Property {@code rust.testDependencies}. */
    List<String> testDependencies;
}

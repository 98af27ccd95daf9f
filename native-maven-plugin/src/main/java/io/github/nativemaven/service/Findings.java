package io.github.nativemaven.service;

import io.github.nativemaven.build.UnitResult;
import io.github.nativemaven.project.Project;
import io.github.nativemaven.python.Interpreter;
import io.github.nativemaven.wheel.PackedWheel;
import java.util.List;
import java.util.Map;

/**
 * What the goals of one build have found out about one project, asked with the same settings. Each goal of a build runs
 * after the other; nothing here is for two threads.
 */
public final class Findings {
    Project project;
    List<Interpreter> interpreters;
    List<UnitResult> results;
    Map<UnitResult, PackedWheel> wheels;
}

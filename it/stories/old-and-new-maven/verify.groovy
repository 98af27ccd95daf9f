import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def tried = { Story maven, String name ->
    def project = maven.at(name)
    project.folder().toFile().mkdirs()
    project = project.generate('my_fast_lib')
    def packaged = project.mvn('package', '-Dmaven.plugin.validation=VERBOSE')
    assert !packaged.says('native-maven-plugin:jar')
    assert !packaged.says('Plugin validation issues')
    assert project.wheel()
    project.mvn('rust:develop', '-Drust.venv=.venv')
    assert project.python(project.file('.venv'), 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'
    project.mvn('install', '-DskipTests')
}

for (version in story.mavenVersions()) {
    tried(story.maven(version), version)
    story.jdk25().ifPresent { tried(story.maven(version).java(it), version + '-on-25') }
}

import io.github.nativemaven.it.Story

import java.nio.file.Files
import java.nio.file.Path

def story = Story.of(binding.variables)

// Another folder, another user with other homes and another umask, another day, another number of jobs: the same bytes.
story.mvn('package', '-DskipTests')
def home = Path.of(System.getenv('CARGO_HOME') ?: System.getProperty('user.home') + '/.cargo')
def toolchains = Path.of(System.getenv('RUSTUP_HOME') ?: System.getProperty('user.home') + '/.rustup')
def otherHome = Files.createDirectories(story.file('target/another home'))
Files.createSymbolicLink(otherHome.resolve('registry'), home.resolve('registry'))
def other = story.copyTo(Files.createDirectories(story.file('target/deep in a folder')))
        .environment('CARGO_HOME', otherHome)
        .environment('HOME', otherHome)
        .environment('RUSTUP_HOME', Files.exists(toolchains) ? toolchains : null)
        .environment('TZ', 'Pacific/Kiritimati')
other.run('chmod', '-R', 'go-rwx', '.')
other.run('find', '.', '-exec', 'touch', '-d', '2020-02-02', '{}', '+')
other.run('sh', '-c', 'umask 077 && exec "$0" "$@"', *other.mvnCommand('package', '-DskipTests', '-Drust.jobs=1',
        '-Drust.buildDirectory=' + other.file('target/rust')))
assert other.wheelNames() == story.wheelNames()
def made = story.wheelNames().collect { 'target/wheels/' + it }
story.file('target/rust-sbom').toFile().eachFileRecurse {
    made += it.toString().endsWith('.json') ? [story.folder().relativize(it.toPath()).toString()] : []
}
assert ['.whl', '.tar.gz', '.json'].every { end -> made.any { it.endsWith(end) } }
made.each { assert Files.mismatch(other.file(it), story.file(it)) == -1 : it }
def library = story.entries(story.wheel()).find { it ==~ /my_fast_lib\/.*\.so/ }
story.run('python3', '-m', 'zipfile', '-e', story.wheel().toString(), story.file('unpacked').toString())
def text = new String(Files.readAllBytes(story.file('unpacked/' + library)), 'ISO-8859-1')
assert text.contains('/cargo/registry/')
assert !text.contains(home.toString())

// A second build in the same command, and what differs is named.
def program = story.at('program')
def version = (story.read('pom.xml') =~ /<artifactId>native-maven-plugin<\/artifactId>\s*<version>(.*?)</)[0][1]
program.edit('pom.xml', '@project.version@', version)
def same = program.mvn('package', '-DskipTests', '-Drust.reproducible.verify')
assert same.says('the same to the byte')
assert !Files.exists(program.file('target/rust-again'))
program.edit('build.rs', '"once"', 'std::process::id()')
def differs = program.mvnFails('package', '-DskipTests', '-Drust.reproducible.verify')
assert differs.says('now-0.1.0.data/scripts/now differs from byte ')
assert differs.says('First it has ')

import io.github.nativemaven.it.Story

import java.nio.file.Files
import java.nio.file.Path

def story = Story.of(binding.variables)

// Another folder, another home of cargo's: the same bytes.
story.mvn('package', '-DskipTests')
def home = Path.of(System.getenv('CARGO_HOME') ?: System.getProperty('user.home') + '/.cargo')
def otherHome = Files.createDirectories(story.file('target/another home'))
Files.createSymbolicLink(otherHome.resolve('registry'), home.resolve('registry'))
def other = story.copyTo(Files.createDirectories(story.file('target/deep in a folder')))
        .environment('CARGO_HOME', otherHome)
other.mvn('package', '-DskipTests', '-Drust.buildDirectory=' + other.file('target/rust'))
assert other.wheel().fileName == story.wheel().fileName
assert Files.mismatch(other.wheel(), story.wheel()) == -1
def library = story.entries(story.wheel()).find { it ==~ /my_fast_lib\/.*\.so/ }
story.run('python3', '-m', 'zipfile', '-e', story.wheel().toString(), story.file('unpacked').toString())
def text = new String(Files.readAllBytes(story.file('unpacked/' + library)), 'ISO-8859-1')
assert text.contains('/cargo/registry/')
assert !text.contains(home.toString())

// A second build in the same command, and what differs is named.
def program = story.at('program')
def same = program.mvn('package', '-DskipTests', '-Drust.reproducible.verify')
assert same.says('the same to the byte')
assert !Files.exists(program.file('target/rust-again'))
program.edit('build.rs', '"once"', 'std::process::id()')
def differs = program.mvnFails('package', '-DskipTests', '-Drust.reproducible.verify')
assert differs.says('now-0.1.0.data/scripts/now differs from byte ')

import io.github.nativemaven.it.Story

import java.nio.file.Files

def story = Story.of(binding.variables)

// Modes that take nothing in.
def refused = story.mvnFails('package', '-DskipTests', '-Drust.audit=check')
assert refused.says('-Drust.audit check: the wheel needs libadd.so.2')
assert !story.wheelNames().any { it.endsWith('.whl') }

def packed = story.mvn('package', '-DskipTests')
assert packed.says('with copies of libadd.so.2, libdeep.so.1')
def wheel = story.wheel()
def libraries = story.entries(wheel).findAll { it.startsWith('my_fast_lib.libs/') }
assert libraries.size() == 2
assert libraries[0] ==~ /my_fast_lib\.libs\/libadd-[0-9a-f]{8}\.so\.2/
assert libraries[1] ==~ /my_fast_lib\.libs\/libdeep-[0-9a-f]{8}\.so\.1/
assert wheel.fileName.toString() =~ /-(manylinux|musllinux)_/

// The same again, and nothing is written.
def time = Files.getLastModifiedTime(wheel)
story.mvn('package', '-DskipTests')
assert Files.getLastModifiedTime(story.wheel()) == time

// Other tools understand what was made, and agree with it.
def tools = story.environmentOf('tools')
def python = story.python(tools).toString()
story.run(python, '-m', 'pip', 'install', '--quiet', 'auditwheel')
def tag = (wheel.fileName.toString() =~ /((many|musl)linux_\d+_\d+_\w+?)\./)[0][1]
def shown = story.run(story.program(tools, 'auditwheel').toString(), 'show', wheel.toString()).text().replaceAll(/\s+/, ' ')
assert shown.contains('consistent with the following platform tag: "' + tag + '"')
def unpacked = story.file('unpacked').toString()
story.run(python, '-m', 'zipfile', '-e', wheel.toString(), unpacked)
def extension = story.entries(wheel).find { it ==~ /my_fast_lib\/.*\.so/ }
assert story.run('patchelf', '--print-rpath', unpacked + '/' + extension).text() == '$ORIGIN/../my_fast_lib.libs'
assert story.run('patchelf', '--print-needed', unpacked + '/' + extension).says(libraries[0].tokenize('/')[1])
assert story.run('patchelf', '--print-soname', unpacked + '/' + libraries[1]).text() == libraries[1].tokenize('/')[1]
(libraries + extension).each {
    def read = story.run('readelf', '-aW', unpacked + '/' + it)
    assert !(read.output() =~ /(?m)^readelf: /)
}

// What the libraries were copied from goes away, and the module runs in a new environment.
def kept = Files.move(wheel, story.file(wheel.fileName.toString()))
Files.move(story.file('target'), story.file('target-of-another-machine'))
def clean = story.environmentOf('clean')
story.run(story.python(clean).toString(), '-m', 'pip', 'install', '--no-index', kept.toString())
assert story.python(clean, 'import my_fast_lib; print(my_fast_lib.add(22))') == '42'
Files.move(story.file('target-of-another-machine'), story.file('target'))

// A library that is not there is named, and no wheel is left.
story.edit('build.rs', '"libdeep.so.1"]);\n    let', '"libdeep.so.1"]);\n    std::fs::remove_file(out.join("libdeep.so.1")).unwrap();\n    let')
def missing = story.mvnFails('package', '-DskipTests')
assert missing.says('libdeep.so.1, which ') && missing.says('needs, is not found')
assert missing.says('Searched: ') && missing.says('LD_LIBRARY_PATH')
assert !story.wheelNames().any { it.endsWith('.whl') }

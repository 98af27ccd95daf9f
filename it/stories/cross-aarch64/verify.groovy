import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
def rustc = story.rustcFor('aarch64-unknown-linux-gnu').get()
def python = story.armPython().get()
def root = python.parent.parent.parent
def version = (python.fileName.toString() =~ /python(3\.\d+)/)[0][1]
def tag = 'cp' + version.replace('.', '')

// Built here, run there: the wheel works in a CPython of the other machine, which nothing here has ever asked.
def arm = story.environment('RUSTC', rustc)
def build = ['package', '-Drust.targets=linux-aarch64', "-Drust.interpreters=${version}"]
assert arm.mvn(*build).says("on linux-aarch_64")
def wheel = story.wheel()
assert wheel.fileName.toString() ==~ "my_fast_lib-0.1.0-${tag}-${tag}-(manylinux|linux)_.*_aarch64.whl"
assert story.entries(wheel).contains("my_fast_lib/my_fast_lib.cpython-${tag.substring(2)}-aarch64-linux-gnu.so".toString())
def unpacked = story.file('unpacked')
story.run('python3', '-m', 'zipfile', '-e', wheel.toString(), unpacked.toString())
def answer = story.run('qemu-aarch64-static', '-L', root.toString(), '-E', "PYTHONPATH=${unpacked}", python.toString(),
    '-c', 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))')
assert answer.text() == '25'
assert !arm.mvn(*build).says('Compiling ')

// What is missing is said before cargo starts.
def missing = story.environment('RUSTC', rustc).mvnFails('package', '-Drust.targets=s390x-unknown-linux-gnu')
assert missing.says('rustc has no standard library for s390x-unknown-linux-gnu')
assert !missing.says('Compiling ')
assert story.mvnFails('package', '-Drust.targets=linux-arch64').says('Did you mean linux-aarch64?')

// A wheel of this machine for older systems, linked by zig.
story.file('target/wheels').toFile().eachFile { it.delete() }
def old = ['package', '-DskipTests', '-Drust.glibc=2.17', "-Drust.zig=${story.zig()}"]
story.mvn(*old)
assert story.wheel().fileName.toString().contains('-manylinux_2_17_x86_64.manylinux2014_x86_64.whl')
def venv = story.environmentOf('old')
story.run(story.python(venv).toString(), '-m', 'pip', 'install', '--no-index', story.wheel().toString())
assert story.python(venv, 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'
assert !story.mvn(*old).says('Compiling ')

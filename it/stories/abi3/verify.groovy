import io.github.nativemaven.it.Story
import java.nio.file.Path

def story = Story.of(binding.variables)

def project = story.generate('my_stable_lib', '-Dabi3=py39')
project.mvn('package')
def wheel = project.wheel()
assert wheel.fileName.toString().startsWith('my_stable_lib-0.1.0-cp39-abi3-')
assert project.entries(wheel).contains('my_stable_lib/my_stable_lib.abi3.so')

// One wheel, every Python of this machine.
for (python in story.pythons()) {
    def venv = project.environmentOf("with-${python.parent.parent.fileName}-${python.fileName}", python)
    project.run(project.python(venv).toString(), '-m', 'pip', 'install', '--no-index', wheel.toString())
    assert project.python(venv, 'import my_stable_lib; print(my_stable_lib.sum_as_string(5, 20))') == '25'
}

// A Python that is older than the stable ABI gets a wheel of its own, where a feature of the crate asks for the ABI.
def pythons = story.pythons()
if (pythons.size() > 1) {
    def minor = { Path python -> story.run(python.toString(), '-c', 'import sys; print(sys.version_info[1])').text() }
    def newest = minor(pythons.last())
    project.write('Cargo.toml', project.read('Cargo.toml').replaceAll(/,? ?"abi3-py39"/, '') +
            "\n[features]\ndefault = [\"stable\"]\nstable = [\"pyo3/abi3-py3${newest}\"]\n")
    project.mvn('clean', 'package', '-DskipTests', '-Drust.profile=dev', "-Drust.interpreters=${pythons.first()},${pythons.last()}")
    def oldest = minor(pythons.first())
    assert project.wheelNames().any { it.contains("-cp3${oldest}-cp3${oldest}-") }
    assert project.wheelNames().any { it.contains("-cp3${newest}-abi3-") }
}

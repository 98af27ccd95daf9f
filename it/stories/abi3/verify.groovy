import io.github.nativemaven.it.Story

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

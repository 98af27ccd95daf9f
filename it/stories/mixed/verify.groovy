import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def project = story.generate('my-mixed-lib', '-Dbindings=pyo3-mixed')
project.mvn('package')
def entries = project.entries(project.wheel())
assert entries.contains('my_mixed_lib/__init__.py')
assert entries.any { it ==~ /my_mixed_lib\/_core\..+\.so/ }
assert project.testsPassed().any { it.endsWith('test_sums') }

// Python source is used where it lies; Rust after the next develop.
project.mvn('rust:develop', '-Drust.venv=.venv')
def answer = { project.python(project.file('.venv'), 'import my_mixed_lib; print(my_mixed_lib.sum_as_string(5, 20))') }
assert answer() == '25'
project.edit('python/my_mixed_lib/__init__.py', 'from ._core import sum_as_string', '''from . import _core


def sum_as_string(a, b):
    return "<" + _core.sum_as_string(a, b) + ">"
''')
assert answer() == '<25>'
project.edit('src/lib.rs', '(a + b)', '(a + b + 1)')
project.mvn('rust:develop', '-Drust.venv=.venv')
assert answer() == '<26>'

// What the build script makes lies in the package, develop or wheel; what develop left gives way to what is made anew.
project.write('pyproject.toml', '''[tool.maturin]
include = [{ path = "made.txt", from = "out-dir", to = "my_mixed_lib/" }]
''')
def made = { text -> project.write('build.rs', """fn main() {
    let place = std::path::PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    std::fs::write(place.join("made.txt"), "${text}").unwrap();
}
""") }
def read = 'import importlib.resources as r; print(r.files("my_mixed_lib").joinpath("made.txt").read_text())'
made('first')
project.mvn('rust:develop', '-Drust.venv=.venv')
assert project.python(project.file('.venv'), read) == 'first'
made('second')
project.mvn('package', '-DskipTests')
def environment = project.environmentOf('environment')
project.run(project.python(environment).toString(), '-m', 'pip', 'install', '--quiet', project.wheel().toString())
assert project.at('target').python(environment, read) == 'second'

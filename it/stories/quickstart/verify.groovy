import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def project = story.generate('my_fast_lib')
assert project.file('.gitignore').toFile().isFile()

def packaged = project.mvn('package')
assert packaged.says('BUILD SUCCESS')
assert !packaged.says('[WARNING]')
assert project.wheel().fileName.toString() ==~ /my_fast_lib-0\.1\.0-cp3\d+-cp3\d+-.+\.whl/
assert project.testsPassed().any { it.endsWith('sums') && !it.contains('test_sums') }
assert project.testsPassed().any { it.endsWith('test_sums') }

project.mvn('rust:develop', '-Drust.venv=.venv')
def answer = project.python(project.file('.venv'), 'import my_fast_lib; print(repr(my_fast_lib.sum_as_string(5, 20)))')
assert answer == "'25'"

def again = project.mvn('package')
assert !again.says('Compiling ')

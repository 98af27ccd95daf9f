import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def project = story.generate('my_arrays', '-Dnumpy=true')
project.mvn('package')
assert project.testsPassed().any { it.endsWith('test_doubles_an_array_in_place') }
assert project.testsPassed().any { it.endsWith('test_returns_an_array') }

// The wheel says what it needs.
def venv = project.environmentOf('clean')
project.uv('pip', 'install', '--python', project.python(venv).toString(), project.wheel().toString())
def answer = project.python(venv, '''
import my_arrays, numpy
whole = numpy.arange(6.0).reshape(2, 3)
part = whole[:, 1:]
my_arrays.double_in_place(part)
print(whole.tolist(), type(my_arrays.squares(3)).__name__, my_arrays.squares(3).dtype)
''')
assert answer == '[[0.0, 2.0, 4.0], [3.0, 8.0, 10.0]] ndarray float64'

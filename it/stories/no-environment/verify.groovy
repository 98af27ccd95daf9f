import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def failed = story.mvnFails('rust:develop')
assert failed.says('-Drust.venv=.venv')
assert failed.says('VIRTUAL_ENV')
assert !failed.says('Compiling ')

// Named, it is made; and from then on it is found where it lies.
story.mvn('rust:develop', '-Drust.venv=.venv')
story.mvn('rust:develop')
assert story.python(story.file('.venv'), 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'

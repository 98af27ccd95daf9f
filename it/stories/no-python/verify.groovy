import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def bare = story.withoutPython()
def failed = bare.mvnFails('package')
assert failed.says('python3')
assert failed.says('PATH')
assert !failed.says('Compiling ')

// A Python that is named and is not there.
def named = story.mvnFails('package', '-Drust.interpreters=python3.99')
assert named.says('python3.99')
assert named.says('rust.interpreters')
assert !named.says('Compiling ')

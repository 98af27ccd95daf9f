import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def log = story.read('build.log')
assert log.contains('>=3.99')
assert log.contains('BUILD FAILURE')
assert !log.contains('Compiling ')

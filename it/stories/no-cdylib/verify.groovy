import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def log = story.read('build.log')
assert log.contains('cdylib')
assert log.contains('Cargo.toml')
assert log.contains('BUILD FAILURE')
assert !log.contains('Compiling ')

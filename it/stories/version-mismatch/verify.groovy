import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def log = story.read('build.log')
assert log.contains('0.1.0')
assert log.contains('0.2.0')
assert log.contains('Cargo.toml')
assert log.contains('rust:set-version')
assert !log.contains('Compiling ')

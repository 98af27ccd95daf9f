import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def failed = story.mvnFails('package')
assert failed.says('0.1.0')
assert failed.says('0.2.0')
assert failed.says('Cargo.toml')
assert failed.says('rust:set-version')
assert !failed.says('Compiling ')

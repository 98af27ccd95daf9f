import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def failed = story.mvnFails('package')
assert failed.says('cdylib')
assert failed.says('Cargo.toml')
assert !failed.says('Compiling ')

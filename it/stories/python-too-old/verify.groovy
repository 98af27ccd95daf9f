import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def failed = story.mvnFails('package')
assert failed.says('>=3.99')
assert !failed.says('Compiling ')

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('package')

// Cargo's downloads and the compiled PyO3 are there for the stories from now on.
assert story.wheel().fileName.toString().startsWith('my_fast_lib-0.1.0-')

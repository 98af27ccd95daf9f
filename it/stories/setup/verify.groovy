import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

// From now on cargo's downloads are there, and PyO3 as a wheel, a test and a development install need it.
story.mvn('package')
story.mvn('rust:develop', '-Drust.venv=.venv')
assert story.wheel().fileName.toString().startsWith('my_fast_lib-0.1.0-')

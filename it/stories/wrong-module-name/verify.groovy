import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

// What the module is called, what the crate exports, and no wheel that could not be imported.
def log = story.read('build.log')
assert log.contains('PyInit_my_other_lib')
assert log.contains('my_fast_lib')
assert log.contains('BUILD FAILURE')
assert story.wheelNames().findAll { it.endsWith('.whl') }.isEmpty()

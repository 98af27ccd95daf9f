import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

// What the module is called, what the crate exports, and no wheel that could not be imported.
def failed = story.mvnFails('package', '-DskipTests')
assert failed.says('PyInit_my_other_lib')
assert failed.says('my_fast_lib')
assert story.wheelNames().findAll { it.endsWith('.whl') }.isEmpty()

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.onSmallDisk(story.file('target/wheels'), '96k') {
    def failed = story.mvnFails('package', '-DskipTests')
    assert failed.says('No space left on device')
    assert failed.says('target/wheels')
    assert story.wheelNames() == ['my_fast_lib-0.1.0.tar.gz']
}
story.mvn('package', '-DskipTests')
assert story.wheel()

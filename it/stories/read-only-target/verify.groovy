import java.nio.file.Files
import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('package', '-DskipTests')
def good = Files.readAllBytes(story.wheel())
story.edit('src/lib.rs', '(a + b)', '(a + b + 1)')
story.locked(story.file('target/wheels')) {
    def failed = story.mvnFails('package', '-DskipTests')
    assert failed.says('target/wheels')
    assert !failed.says('NullPointerException')
}
assert Arrays.equals(Files.readAllBytes(story.wheel()), good)
story.mvn('package', '-DskipTests')
assert !Arrays.equals(Files.readAllBytes(story.wheel()), good)

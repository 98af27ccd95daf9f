import java.nio.file.Files
import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('package', '-DskipTests')
def good = Files.readAllBytes(story.wheel())

story.edit('src/lib.rs', 'Ok((a + b).to_string())', 'Ok(a + b)')
def broken = story.mvnFails('package', '-DskipTests')
assert broken.count('error[E0308]: mismatched types') == 1
assert broken.says('--> src/lib.rs:7:')
assert broken.says('[ERROR]')
assert !broken.says('-e switch') || broken.count('BUILD FAILURE') == 1
assert Arrays.equals(Files.readAllBytes(story.wheel()), good)

story.edit('src/lib.rs', 'Ok(a + b)', 'Ok((a + b).to_string())')
story.mvn('package', '-DskipTests')
assert story.wheel()

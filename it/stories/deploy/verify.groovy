import java.nio.file.Files
import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('deploy', '-DskipTests', "-DaltDeploymentRepository=stories::${story.file('remote').toUri()}",
        "-DaltReleaseDeploymentRepository=stories::${story.file('remote').toUri()}")
def stored = story.file('remote/org/acme/my_fast_lib/0.1.0')
def names = Files.list(stored).withCloseable { files -> files.toList() }*.fileName*.toString()
assert names.contains('my_fast_lib-0.1.0.tar.gz')
assert names.contains('my_fast_lib-0.1.0.pom')
assert names.contains(story.wheel().fileName.toString())
assert names.count { it.endsWith('.whl') } == 1

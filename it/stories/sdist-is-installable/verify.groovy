import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

// Whoever has no wheel for their Python lets pip build one from the sources, without Maven.
story.mvn('package', '-DskipTests')
def venv = story.environmentOf('clean')
story.uv('pip', 'install', '--quiet', '--python', story.python(venv).toString(), 'target/wheels/my_fast_lib-0.1.0.tar.gz')
assert story.python(venv, 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'

// What was unpacked builds with Maven, too, and packs the same sources again.
story.run('tar', '-xzf', 'target/wheels/my_fast_lib-0.1.0.tar.gz')
def unpacked = story.at('my_fast_lib-0.1.0')
def sources = { Story packed -> packed.run('tar', '-tzf', 'target/wheels/my_fast_lib-0.1.0.tar.gz').output().readLines().sort() }
unpacked.mvn('package', '-DskipTests')
assert sources(unpacked) == sources(story)

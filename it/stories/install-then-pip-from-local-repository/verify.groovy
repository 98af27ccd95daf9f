import java.nio.file.Files
import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('install', '-DskipTests')

def stored = story.localRepository().resolve('org/acme/my_fast_lib/0.1.0')
def wheel = Files.list(stored).withCloseable { files -> files.toList() }.find { it.toString().endsWith('.whl') }
assert wheel
assert wheel.fileName == story.wheel().fileName
assert Files.isRegularFile(stored.resolve('my_fast_lib-0.1.0.tar.gz'))

def venv = story.environmentOf('clean')
story.run(story.python(venv).toString(), '-m', 'pip', 'install', '--no-index', wheel.toString())
assert story.python(venv, 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'

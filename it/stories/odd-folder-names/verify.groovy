import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def odd = story.copyTo(story.folder().resolveSibling('ödd \'folder\' "näme" $x & (y)'))
odd.mvn('package')
assert odd.wheel()
odd.mvn('rust:develop', '-Drust.venv=my env')
assert odd.python(odd.file('my env'), 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'

// Also where the build directories lie.
odd.mvn('package', '-DskipTests', "-Drust.buildDirectory=${odd.file('büild directory')}")
assert odd.wheel()

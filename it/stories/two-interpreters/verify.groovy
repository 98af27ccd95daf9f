import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def pythons = story.pythons().takeRight(2)
def tags = pythons.collect { story.run(it.toString(), '-c', 'import sys; print("cp%d%d" % sys.version_info[:2])').text() }
def build = ['package', '-DskipTests', "-Drust.interpreters=${pythons.join(',')}"]

story.mvn(*build)
def wheels = story.wheelNames().findAll { it.endsWith('.whl') }
assert wheels.size() == 2
[tags, pythons].transpose().each { tag, python ->
    def wheel = wheels.find { it.startsWith("my_fast_lib-0.1.0-${tag}-${tag}-") }
    assert wheel
    def venv = story.environmentOf("of-${tag}", python)
    story.run(story.python(venv).toString(), '-m', 'pip', 'install', '--no-index', "target/wheels/${wheel}")
    assert story.python(venv, 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'
}

// Both stay fresh: no Python's build throws away another's.
assert !story.mvn(*build).says('Compiling ')

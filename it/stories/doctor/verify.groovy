import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def log = story.mvn('rust:doctor').output()
['cargo', 'rustc', 'Python', 'JDK', 'Maven'].each { assert log.contains(it) }
// The plan: the wheel's name is known before anything is compiled.
assert log =~ /my_fast_lib-0\.1\.0-cp3\d+-cp3\d+-/
assert log.contains('mvn rust:develop') || log.contains('mvn package')
assert !log.contains('Compiling ')

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def bare = story.withoutCargo()
['package', 'rust:develop'].each { goal ->
    def failed = bare.mvnFails(goal, '-Drust.venv=.venv')
    assert failed.says('cargo')
    assert failed.says('PATH')
}
assert bare.mvn('rust:doctor').says('cargo')

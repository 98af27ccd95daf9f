import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def venv = story.environmentOf('one')
def failed = story.active(venv).environment('CONDA_PREFIX', story.file('other')).mvnFails('rust:develop')
assert failed.says('VIRTUAL_ENV')
assert failed.says('CONDA_PREFIX')
assert !failed.says('Compiling ')

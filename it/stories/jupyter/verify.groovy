import groovy.json.JsonSlurper
import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def venv = story.environmentOf('notebooks')
story.uv('pip', 'install', '--quiet', '--python', story.python(venv).toString(), 'nbconvert', 'ipykernel')
def active = story.active(venv)

def executed = { String name ->
    active.run(story.program(venv, 'jupyter').toString(), 'nbconvert', '--to', 'notebook', '--execute', '--output', name, 'sums.ipynb')
    def cell = new JsonSlurper().parse(story.file(name).toFile()).cells[0]
    cell.outputs.collect { it.data['text/plain'] }.flatten().join()
}

active.mvn('rust:develop')
assert executed('first.ipynb') == "'25'"

story.edit('src/lib.rs', '(a + b)', '(a + b + 1)')
active.mvn('rust:develop')
assert executed('second.ipynb') == "'26'"

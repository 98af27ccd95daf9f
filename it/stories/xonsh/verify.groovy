import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def venv = story.environmentOf('shell')
story.uv('pip', 'install', '--quiet', '--python', story.python(venv).toString(), 'xonsh')
story.active(venv).mvn('rust:develop')

def shell = story.program(venv, 'xonsh').toString()
def answer = story.active(venv).run(shell, '--no-rc', '-c', 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))')
assert answer.text() == '25'

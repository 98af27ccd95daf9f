import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('package', '-DskipTests')

def use = 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))'
def wheel = story.wheel().toString()
story.judge(story.wheel())

def pip = story.environmentOf('with-pip')
def python = story.python(pip).toString()
story.run(python, '-m', 'pip', 'install', '--no-index', wheel)
assert story.python(pip, use) == '25'
story.run(python, '-m', 'pip', 'check')
story.run(python, '-m', 'pip', 'uninstall', '--yes', 'my_fast_lib')
assert story.attempt(python, '-c', 'import my_fast_lib').says('ModuleNotFoundError')

def uv = story.file('with-uv')
story.uv('venv', uv.toString(), '--python', 'python3')
story.uv('pip', 'install', '--offline', '--no-index', '--python', story.python(uv).toString(), wheel)
assert story.python(uv, use) == '25'
story.uv('pip', 'check', '--python', story.python(uv).toString())

// What develop installs, pip and uv take for their own.
story.active(pip).mvn('rust:develop')
assert story.python(pip, use) == '25'
def shown = story.run(python, '-m', 'pip', 'show', '-f', 'my_fast_lib')
assert shown.says('Version: 0.1.0')
assert shown.says('my_fast_lib/__init__.py')
story.run(python, '-m', 'pip', 'check')
story.run(python, '-m', 'pip', 'uninstall', '--yes', 'my_fast_lib')
assert story.attempt(python, '-c', 'import my_fast_lib').says('ModuleNotFoundError')

// Develop takes the place of what uv installed, and uv takes develop's away.
story.active(uv).mvn('rust:develop')
assert story.python(uv, use) == '25'
assert story.uv('pip', 'list', '--python', story.python(uv).toString()).count('my-fast-lib') == 1
story.uv('pip', 'uninstall', '--python', story.python(uv).toString(), 'my_fast_lib')
assert story.attempt(story.python(uv).toString(), '-c', 'import my_fast_lib').says('ModuleNotFoundError')

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('package')

// Every tool that looks at wheels finds nothing to say about one that has all that a wheel can have.
def wheel = story.wheel()
story.judge(wheel, story.file('target/wheels/judged-1.0b1.tar.gz'))

def entries = story.entries(wheel)
assert entries.containsAll([
        'judged/__init__.py', 'judged/made.txt', 'judged/py.typed', 'judged-1.0b1.data/scripts/judged',
        'judged-1.0b1.data/headers/judged.h', 'judged-1.0b1.data/data/share/judged/a name, with comma.txt',
        'judged-1.0b1.dist-info/licenses/licenses/MORE, and so on.txt', 'judged-1.0b1.dist-info/entry_points.txt'])

// All of it arrives.
def environment = story.environmentOf('environment')
story.run(story.python(environment).toString(), '-m', 'pip', 'install', '--quiet', '--no-deps', wheel.toString())
assert story.run(story.program(environment, 'judged').toString()).text() == 'not guilty'
assert story.run(story.program(environment, 'judged-main').toString()).text() == 'made by build.rs'
assert story.run(story.program(environment, 'judged-script').toString()).text() == 'a script'

// A last good wheel stays where a new one can't be made: what is wrong is said before anything is compiled.
story.edit('pyproject.toml', 'naïve, 日本"', 'two\\nlines"')
def said = story.mvnFails('package', '-DskipTests')
assert said.says("pyproject.toml:8 project.description 'All that metadata can say: two\\nlines'")
assert !said.says('Compiling')
assert story.wheel() == wheel
story.judge(wheel)

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def venv = story.environmentOf('live')
story.uv('pip', 'install', '--quiet', '--python', story.python(venv).toString(),
        'ipykernel', 'jupyter_client', 'xonsh', 'pexpect')
def active = story.active(venv)

def log = story.file('watch.log').toFile()
def watch = active.startMvn('--log-file', log.path, 'rust:watch')
def waitFor = { String text ->
    def end = System.nanoTime() + 240_000_000_000L
    while (!log.exists() || !log.text.contains(text)) {
        assert watch.alive && System.nanoTime() < end : log.text
        Thread.sleep(50)
    }
}
waitFor('Watching 1 project')
def session = active.run(story.python(venv).toString(), 'session.py', log.path)
assert session.says('all sessions had 25, 26, 27 and 28')

// What doesn't compile leaves the last good module in place.
story.edit('src/lib.rs', '(a + b + 3)', '(a + c)')
waitFor('does not compile')
def answer = { story.python(venv, 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') }
assert answer() == '28'

// Ctrl-C ends it at once, while cargo runs or not, with no process left.
story.edit('src/lib.rs', '(a + c)', '(a + b + 4)')
Thread.sleep(150)
def all = watch.descendants().toList()
story.run('kill', '-INT', watch.pid().toString())
assert story.finish(watch).exitCode() != 0
Thread.sleep(500)
assert story.left(all).isEmpty()

// No wheel has what is for development alone, and nothing of it stays.
active.mvn('package', '-DskipTests', '-Drust.profile=dev')
assert story.entries(story.wheel()).every { !it.contains('_hot') }
def site = story.file(story.python(venv, 'import sysconfig; print(sysconfig.get_paths()["purelib"])')).toFile()
def ours = { site.list().findAll { it.contains('my_fast_lib') } as Set }
assert ours() == ['my_fast_lib', '_my_fast_lib_hot', 'my_fast_lib-0.1.0.dist-info'] as Set
active.mvn('rust:develop')
assert ours() == ['my_fast_lib', 'my_fast_lib-0.1.0.dist-info'] as Set
active.mvn('rust:develop', '-Drust.hotReload')
assert answer() == '29'
story.run(story.python(venv).toString(), '-m', 'pip', 'uninstall', '--quiet', '--yes', 'my_fast_lib')
assert ours().isEmpty()

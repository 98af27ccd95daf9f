import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def own = "-Drust.buildDirectory=${story.file('target/rust')}".toString()
def builds = (1..2).collect { story.startMvn('package', '-DskipTests', own) }
def ends = builds.collect { build -> Thread.start { build.metaClass.ran = story.finish(build) } }
ends*.join()
builds.each { assert it.exitValue() == 0 }

def venv = story.environmentOf('clean')
story.run(story.python(venv).toString(), '-m', 'pip', 'install', '--no-index', story.wheel().toString())
assert story.python(venv, 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'

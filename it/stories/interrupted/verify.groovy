import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

['TERM', 'INT'].each { signal ->
    def build = story.startMvn('package', '-DskipTests', "-Drust.buildDirectory=${story.file('target/rust-' + signal)}")
    def programs = { build.descendants().toList().collect { it.info().command().orElse('') } }
    def compiles = { programs().any { it.endsWith('cargo') } && programs().any { it.endsWith('rustc') } }
    def end = System.nanoTime() + 120_000_000_000L
    while (!compiles()) {
        assert build.alive && System.nanoTime() < end
        Thread.sleep(20)
    }
    def all = build.descendants().toList()
    assert all.size() >= 2
    story.run('kill', '-' + signal, build.pid().toString())
    def ran = story.finish(build)
    assert ran.exitCode() != 0

    Thread.sleep(500)
    assert story.left(all).isEmpty()
    assert story.wheelNames().isEmpty()
}

// Nothing is in the way of the next build.
story.mvn('package', '-DskipTests', "-Drust.buildDirectory=${story.file('target/rust-INT')}")
assert story.wheel()

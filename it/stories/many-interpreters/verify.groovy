import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def pythons = story.twoPythons()
def tags = pythons.collect {
    story.run(it.toString(), '-c', '''
import sys, sysconfig
print("cp%d%d" % sys.version_info[:2], "cp" + sysconfig.get_config_var("SOABI").split("-")[1])''').text().split(' ').toList()
}
def labels = tags*.get(1)
def build = ['package', '-DskipTests', "-Drust.interpreters=${pythons.join(',')}"]

def first = story.mvn(*build)
def wheels = { story.wheelNames().findAll { it.endsWith('.whl') } }
assert wheels().size() == 2
[tags, pythons].transpose().each { tag, python ->
    def wheel = wheels().find { it.startsWith("my_fast_lib-0.1.0-${tag.join('-')}-") }
    assert wheel
    def venv = story.environmentOf("of-${tag[1]}", python)
    story.run(story.python(venv).toString(), '-m', 'pip', 'install', '--no-index', "target/wheels/${wheel}")
    assert story.python(venv, 'import my_fast_lib; print(my_fast_lib.sum_as_string(5, 20))') == '25'
}

// Who is compiling stands behind each line of cargo's; what became of each, in the closing table.
labels.each { label ->
    assert first.says("Compiling my_fast_lib v0.1.0 (${story.folder()})  ${label}")
    assert first.output() =~ /\[INFO\] ${label} +\d+ compiled +\d+\.\d s +\d+ kB +\S+ +my_fast_lib-0.1.0-.*-${label}-.*\.whl/
}

// All stay fresh: no Python's build throws away another's.
def second = story.mvn(*build)
assert !second.says('Compiling ')
labels.each { label -> assert second.output() =~ /\[INFO\] ${label} +fresh +\d+\.\d s/ }

// What is wrong for one Python only fails the build, and leaves the other's wheel.
def broken = pythons[0].toRealPath().toString()
story.write('build.rs', """
    fn main() {
        println!("cargo:rerun-if-env-changed=PYO3_PYTHON");
        assert!(std::env::var("PYO3_PYTHON").unwrap() != "${broken}", "not for this Python");
    }
""")
story.file('target/wheels').toFile().deleteDir()
def one = story.mvnFails(*build)
assert one.says('1 of 2 units failed:')
assert one.says("cargo failed for ${labels[0]}:")
assert one.says('not for this Python')
assert one.says("The wheel for ${labels[1]} is in target/wheels.")
assert wheels().size() == 1 && wheels()[0].contains("-${labels[1]}-")

// What is wrong for all is said once.
story.file('build.rs').toFile().delete()
story.edit('src/lib.rs', 'Ok((a + b).to_string())', 'Ok(a + b)')
def all = story.mvnFails(*build)
assert all.count('error[E0308]: mismatched types') == 1

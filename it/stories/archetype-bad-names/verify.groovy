import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

def refused = { String artifactId, String property, String value ->
    def failed = story.mvnFails(story.archetype(artifactId, "-D${property}=${value}"))
    assert failed.says("${property} '${value}' cannot be used.")
    assert !story.file(artifactId).toFile().exists()
}

['1bad', 'class', 'test', 'grün'].each { refused(it, 'artifactId', it) }
refused('good', 'bindings', 'nope')
refused('good', 'pyo3Version', '0.1')
refused('good', 'abi3', '39')
refused('good', 'numpy', 'perhaps')
refused('good', 'version', 'next')

// Nothing is lost of what a user had in a folder of that name.
story.write('class/notes.txt', 'mine')
story.write('class/src/lib.rs', 'mine')
story.mvnFails(story.archetype('class'))
assert story.read('class/notes.txt') == 'mine'
assert story.read('class/src/lib.rs') == 'mine'
assert story.file('class').toFile().list().sort() == ['notes.txt', 'src']

// In the folder of a parent, the parent forgets the module again.
story.write('all/pom.xml', '''<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.acme</groupId>
  <artifactId>all</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
</project>
''')
story.at('all').mvnFails(story.archetype('class'))
assert !story.read('all/pom.xml').contains('<module>')
assert story.file('all').toFile().list() == ['pom.xml']

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

// The Python test fails, so that it shows when it runs.
assert story.mvnFails('package').says('test_fails')
story.mvn('package', '-DskipTests')
assert story.mvn('package', '-Dmaven.test.failure.ignore=true').says('test_fails')

def skipped = story.mvn('clean', 'package', '-Drust.skip', '-DskipTests')
assert story.wheelNames().isEmpty()
assert !skipped.says('Compiling ')

assert story.mvn('package', '-DskipTests', '-q').text() == ''
assert story.mvn('package', '-DskipTests', '-X').says('--message-format')
assert story.mvn('package', '-DskipTests', '-o', '-X').says('--offline')

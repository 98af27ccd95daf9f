import io.github.nativemaven.it.Story

def project = Story.of(binding.variables).generate('my-uniffi-lib', '-Dbindings=uniffi')
project.mvn('package')
def entries = project.entries(project.wheel())
assert project.wheel().toString().contains('-py3-none-')
assert entries.containsAll(['my_uniffi_lib/__init__.py', 'my_uniffi_lib/my_uniffi_lib.py'])
assert !entries.any { it.contains('uniffi-bindgen') }
assert project.testsPassed().any { it.endsWith('test_sums') }

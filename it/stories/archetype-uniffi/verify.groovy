import io.github.nativemaven.it.Story

// Half of the work is uniffi-bindgen's: without debug information it takes less.
def project = Story.of(binding.variables).generate('my-uniffi-lib', '-Dbindings=uniffi').environment('CARGO_PROFILE_DEV_DEBUG', '0')
project.mvn('package', '-Drust.profile=dev')
def entries = project.entries(project.wheel())
assert project.wheel().toString().contains('-py3-none-')
assert entries.containsAll(['my_uniffi_lib/__init__.py', 'my_uniffi_lib/my_uniffi_lib.py'])
assert !entries.any { it.contains('uniffi-bindgen') }
assert project.testsPassed().any { it.endsWith('test_sums') }

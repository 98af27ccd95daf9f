import io.github.nativemaven.it.Story

def project = Story.of(binding.variables).generate('my-cffi-lib', '-Dbindings=cffi')
project.mvn('package')
def entries = project.entries(project.wheel())
assert project.wheel().toString().contains('-py3-none-')
assert entries.containsAll(['my_cffi_lib/__init__.py', 'my_cffi_lib/ffi.py'])
assert project.testsPassed().any { it.endsWith('test_sums') }

project.mvn('rust:develop', '-Drust.venv=.venv')
assert project.python(project.file('.venv'), 'import my_cffi_lib; print(my_cffi_lib.lib.my_cffi_lib_sum(5, 20))') == '25'

// A header that says too much for cffi is named, and what cffi says of it is shown.
project.edit('header.h', 'uint64_t my_cffi_lib_sum', 'nothing_known my_cffi_lib_sum')
assert project.mvnFails('package').says('header.h')

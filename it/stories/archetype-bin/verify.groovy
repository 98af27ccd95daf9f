import io.github.nativemaven.it.Story

def project = Story.of(binding.variables).generate('my-tool', '-Dbindings=bin')
project.mvn('package')
assert project.wheel().toString().contains('-py3-none-')
assert project.entries(project.wheel()).any { it ==~ /my_tool-0\.1\.0\.data\/scripts\/my-tool(\.exe)?/ }
assert project.testsPassed().any { it.endsWith('test_sums') }

project.mvn('rust:develop', '-Drust.venv=.venv')
def script = 'import shutil, subprocess, sysconfig; ' +
        'subprocess.run([shutil.which("my-tool", path=sysconfig.get_path("scripts")), "5", "20"])'
assert project.python(project.file('.venv'), script) == '25'

// An unknown kind of bindings is refused with those that are known.
assert project.mvnFails('package', '-Drust.bindings=cython').says('expected one of pyo3, pyo3-ffi, cffi, uniffi, bin')

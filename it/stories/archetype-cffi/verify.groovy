import io.github.nativemaven.it.Story
import java.nio.file.Files

def project = Story.of(binding.variables).generate('my-cffi-lib', '-Dbindings=cffi')
project.mvn('package')
def entries = project.entries(project.wheel())
assert project.wheel().toString().contains('-py3-none-')
assert entries.containsAll(['my_cffi_lib/__init__.py', 'my_cffi_lib/ffi.py'])
assert project.testsPassed().any { it.endsWith('test_sums') }

project.mvn('rust:develop', '-Drust.venv=.venv')
assert project.python(project.file('.venv'), 'import my_cffi_lib; print(my_cffi_lib.lib.my_cffi_lib_sum(5, 20))') == '25'

// Where there is no header, cbindgen writes one.
def header = project.read('header.h')
Files.delete(project.file('header.h'))
project.write('src/lib.rs', project.read('src/lib.rs') + '''
/// A place.
#[repr(C)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

#[no_mangle]
pub extern "C" fn my_cffi_lib_norm(point: Point) -> f64 {
    point.x * point.x + point.y * point.y
}
''')
project.mvn('rust:develop', '-Drust.venv=.venv')
def norm = 'from my_cffi_lib import ffi, lib; print(lib.my_cffi_lib_norm(ffi.new("Point *", [3, 4])[0]))'
assert project.python(project.file('.venv'), norm) == '25.0'
project.write('header.h', header)

// A header that says too much for cffi is named, and what cffi says of it is shown.
project.edit('header.h', 'uint64_t my_cffi_lib_sum', 'nothing_known my_cffi_lib_sum')
assert project.mvnFails('package').says('header.h')

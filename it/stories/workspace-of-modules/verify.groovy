import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

// Two extension modules, a program, stubs of both modules, and what the POM says of further files: one wheel.
story.mvn('package', '-DskipTests', '-Drust.profile=dev', '-Drust.sdist.vendor')
def entries = story.entries(story.wheel())
assert entries.containsAll(['shop/__init__.py', 'shop/_core.pyi', 'shop/_fast.pyi', 'shop/py.typed', 'words.txt', 'shop/tables/prices.tbl'])
assert entries.any { it ==~ /shop-0\.1\.0\.data\/scripts\/till(\.exe)?/ }
assert !entries.any { it.endsWith('draft.py') }

def venv = story.environmentOf('clean')
story.run(story.python(venv).toString(), '-m', 'pip', 'install', '--no-index', story.wheel().toString())
assert story.python(venv, 'import shop; print(shop.total([5, 20]), shop.product(5))') == '25 100'
assert story.run(story.program(venv, 'till').toString()).text() == 'open'
def stub = 'import ast, importlib.util as u; print(open(u.find_spec("shop").submodule_search_locations[0] + "/_fast.pyi").read())'
assert story.python(venv, stub).contains('def product(a: int, b: int = 20) -> int: ...')

// A development install puts both modules into the source, where there is no program to install.
story.mvn('rust:develop', '-Drust.venv=.venv', '-Drust.programs=')
assert story.python(story.file('.venv'), 'import shop; print(shop.product(5), shop.__file__)').contains('100 ' + story.file('python'))

// The source distribution has all crates in it: an empty CARGO_HOME and no network are enough.
story.run('tar', '-xzf', 'target/wheels/shop-0.1.0.tar.gz')
def unpacked = story.at('shop-0.1.0').environment('CARGO_HOME', story.file('empty')).environment('PYO3_BUILD_EXTENSION_MODULE', '1')
unpacked.run('cargo', 'check', '--offline', '--locked', '--workspace')

// Stubs on request, in a folder of their own.
story.mvn('rust:stubs')
assert story.read('target/rust-stubs/shop/_core.pyi').contains('def total(')

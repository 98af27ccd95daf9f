// Runs when the files of the archetype have been written. It looks at the properties, takes away a project that could
// not be built, and puts the folders of the chosen bindings into their places.

import java.nio.file.Files
import java.nio.file.Path
import java.util.regex.Pattern

/** For each kind of bindings the folders that make it up; a later folder's files replace an earlier one's. */
KINDS = [
    'pyo3': ['common', 'pyo3'],
    'pyo3-mixed': ['common', 'pyo3', 'pyo3-mixed'],
    'cffi': ['common', 'cffi'],
    'uniffi': ['common', 'uniffi'],
    'bin': ['common', 'bin'],
]

RUST_WORDS = '''
    abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl
    in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type typeof
    unsafe unsized use virtual where while yield'''.split() as Set
RUST_LIBRARIES = 'alloc core proc_macro proc-macro std test rust_tests numpy pyo3 uniffi cffi'.split() as Set
PYTHON_WORDS = '''
    and as assert async await break class continue def del elif else except finally for from global if import in is lambda
    nonlocal not or pass raise return try while with yield'''.split() as Set
/** sys.stdlib_module_names of Python 3.7 to 3.14: an import finds these before anything that is installed. */
PYTHON_LIBRARY = '''
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex
    bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression
    concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal
    difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter
    fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http
    idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma
    macpath mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt
    ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil
    platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue
    quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal
    site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string
    stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test
    textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types
    typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc
    zipapp zipfile zipimport zlib zoneinfo'''.split() as Set

project = request.outputDirectory == null
        ? Path.of(request.artifactId)
        : Path.of(request.outputDirectory, request.artifactId)
parts = project.resolve('archetype-parts')
properties = request.properties

String refusal() {
    def artifactId = request.artifactId
    if (!(artifactId ==~ /[a-z][a-z0-9]*([_-][a-z0-9]+)*/)) {
        return refused('artifactId', artifactId, 'It names the Rust crate, the Python distribution and its module: '
                + 'a-z, then a-z and 0-9, with single _ or - between them, such as my_fast_lib.')
    }
    def module = artifactId.replace('-', '_')
    def taken = [
        'is a word of the Rust language': RUST_WORDS,
        'is the name of a library that Rust code uses': RUST_LIBRARIES,
        'is a word of the Python language': PYTHON_WORDS,
        'is a module of Python\'s standard library': PYTHON_LIBRARY,
    ].find { module in it.value || artifactId in it.value }
    if (taken) {
        return refused('artifactId', artifactId, "'${module}' ${taken.key}. Take another name, such as my_${module}.")
    }
    if (!(request.version ==~ /\d+(\.\d+){0,2}(-(alpha|beta|M|RC)-?\d+)?(-SNAPSHOT)?/)) {
        return refused('version', request.version, 'A crate\'s version is up to three numbers, then perhaps -alpha-1, '
                + '-beta-1, -M1 or -RC1, then perhaps -SNAPSHOT: 0.1.0, 1.2-SNAPSHOT, 2.0.0-RC1.')
    }
    def bindings = properties['bindings']
    if (!(bindings in KINDS.keySet())) {
        return refused('bindings', bindings, "Accepted: ${KINDS.keySet().join(', ')}.")
    }
    def pyo3 = properties['pyo3Version'] =~ /0\.(\d+)(\.\d+)?/
    if (!pyo3.matches() || (pyo3.group(1) as int) < 26) {
        return refused('pyo3Version', properties['pyo3Version'], 'Accepted: 0.26 and later, as 0.28 or 0.28.0.')
    }
    def abi3 = properties['abi3']
    if (abi3 != 'none' && !(abi3 ==~ /py3([7-9]|[1-9]\d)/)) {
        return refused('abi3', abi3, 'Accepted: none, or the oldest Python that the wheel is for: py37, py38, … py314.')
    }
    def numpy = properties['numpy']
    if (!(numpy in ['true', 'false'])) {
        return refused('numpy', numpy, 'Accepted: true, false.')
    }
    if (numpy == 'true' && !bindings.startsWith('pyo3')) {
        return refused('numpy', numpy, "With bindings '${bindings}' Rust code can't see NumPy's arrays; pyo3 can.")
    }
    return null
}

static String refused(String property, Object value, String accepted) {
    "${property} '${value}' cannot be used. ${accepted}"
}

/** The regular files below a folder; none where there is no such folder. */
static List<Path> filesBelow(Path folder) {
    Files.isDirectory(folder) ? Files.walk(folder).withCloseable { it.filter { Files.isRegularFile(it) }.toList() } : []
}

static void deleteWhereEmpty(Path folder) {
    if (Files.isDirectory(folder)) {
        Files.list(folder).withCloseable { it.toList() }.each { deleteWhereEmpty(it) }
        if (Files.list(folder).withCloseable { it.findAny().isEmpty() }) {
            Files.delete(folder)
        }
    }
}

/** Leaves everything as it was, also where a folder of this name was there before with files of its user. */
void discard() {
    (filesBelow(parts) + [project.resolve('pom.xml')]).each { Files.delete(it) }
    deleteWhereEmpty(parts)
    if (Files.list(project).withCloseable { it.findAny().isEmpty() }) {
        Files.delete(project)
    }
    leaveParent()
}

/** In a folder with a POM the new project has become a module of it. */
void leaveParent() {
    def pom = project.resolveSibling('pom.xml').toFile()
    if (pom.isFile()) {
        def text = pom.getText('UTF-8')
        def without = text.replaceFirst('\\s*<module>' + Pattern.quote(request.artifactId) + '</module>', '')
        if (without != text) {
            pom.setText(without, 'UTF-8')
        }
    }
}

void arrange() {
    def files = [:] // a later part's file replaces an earlier one's
    KINDS[properties['bindings']].each { part ->
        def folder = parts.resolve(part)
        filesBelow(folder).each { files[target(folder.relativize(it))] = it }
    }
    files.each { to, from ->
        if (Files.exists(to)) {
            println "Kept: ${to}"
        } else {
            Files.createDirectories(to.parent)
            Files.move(from, to)
        }
    }
    filesBelow(parts).each { Files.delete(it) }
    deleteWhereEmpty(parts)
}

Path target(Path inPart) {
    project.resolve(inPart.toString().replace('MODULE', request.artifactId.replace('-', '_')).replace('INIT', '__init__'))
}

/** Cargo wants three numbers, and takes the rest of a Maven version as it is. */
static String cargoVersion(String version) {
    def (numbers, rest) = [version.takeWhile { it != '-' }, version.dropWhile { it != '-' }]
    (numbers.tokenize('.') + ['0', '0']).take(3).join('.') + rest
}

/** Fills in what the template language cannot compute. */
void complete() {
    filesBelow(parts).findAll { it.endsWith('Cargo.toml') }*.toFile().each { manifest ->
        manifest.setText(manifest.getText('UTF-8')
                .replace('@crateVersion@', cargoVersion(request.version))
                .replace('@numpyVersion@', (properties['pyo3Version'] =~ /0\.\d+/)[0]), 'UTF-8')
    }
}

def reason = refusal()
if (reason) {
    discard()
    throw new IllegalArgumentException(reason)
}
complete()
arrange()

# Asks a Python about itself, and prints the answer as one line of JSON between two marks.
# Runs on every Python from 2.7 on, so that an old one can say that it is old.
import os
import sys

# Nothing in this file's directory, or in the working directory, may stand in for Python's own modules.
HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
sys.path = [p for p in sys.path if p not in ('', HERE)]

import json
import sysconfig


def release(info):
    text = '%d.%d.%d' % (info[0], info[1], info[2])
    level = {'alpha': 'a', 'beta': 'b', 'candidate': 'rc'}.get(info[3], '')
    return text + level + str(info[4]) if level else text


def variable(name):
    return sysconfig.get_config_var(name) or ''


def extension_suffix():
    suffix = variable('EXT_SUFFIX')
    if suffix in ('', '.pyd'):
        import importlib.machinery
        suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    return suffix


def markers():
    import platform
    return {
        'implementation_name': sys.implementation.name,
        'implementation_version': release(sys.implementation.version),
        'os_name': os.name,
        'platform_machine': platform.machine(),
        'platform_python_implementation': platform.python_implementation(),
        'platform_release': platform.release(),
        'platform_system': platform.system(),
        'platform_version': platform.version(),
        'python_full_version': platform.python_version(),
        'python_version': '%d.%d' % sys.version_info[:2],
        'sys_platform': sys.platform,
    }


def unique(values):
    return [v for i, v in enumerate(values) if v and v not in values[:i]]


def library_directories():
    if os.name == 'nt':
        return [os.path.join(sys.base_prefix, 'libs'), sys.base_prefix]
    directories = [variable('LIBDIR')]
    if variable('LIBDIR') and variable('MULTIARCH'):
        directories.append(os.path.join(variable('LIBDIR'), variable('MULTIARCH')))
    directories += [os.path.join(sys.base_prefix, 'lib'), variable('LIBPL'), variable('PYTHONFRAMEWORKPREFIX')]
    return unique(directories)


def shared_libraries():
    version = '%d.%d' % sys.version_info[:2] + getattr(sys, 'abiflags', '')
    if os.name == 'nt':
        threading = 't' if variable('Py_GIL_DISABLED') else ''
        debug = '_d' if hasattr(sys, 'gettotalrefcount') else ''
        return ['python' + version.replace('.', '') + threading + debug + '.dll']
    stems = ['python' + version]
    if sys.implementation.name == 'pypy':
        stems = ['pypy%s-c' % version, 'pypy3-c']
    configured = [n for n in (variable('LDLIBRARY'), variable('INSTSONAME')) if not n.endswith('.a')]
    return unique(configured + ['lib%s.%s' % (s, e) for s in stems for e in ('so', 'dylib')])


def static_libraries():
    return unique([variable(n) for n in ('LIBRARY', 'LDLIBRARY') if variable(n).endswith('.a')])


def scheme():
    virtual = sys.prefix != sys.base_prefix
    if virtual and 'venv' in sysconfig.get_scheme_names():
        paths = sysconfig.get_paths('venv')
    else:
        paths = sysconfig.get_paths()
    headers = paths['include']
    if virtual:
        headers = os.path.join(sys.prefix, 'include', 'site', 'python%d.%d' % sys.version_info[:2])
    return {
        'purelib': paths['purelib'],
        'platlib': paths['platlib'],
        'scripts': paths['scripts'],
        'data': paths['data'],
        'headers': headers,
    }


def answer():
    answer = {'version': release(sys.version_info)}
    if sys.version_info < (3, 7):
        return answer
    suffix = extension_suffix()
    answer.update({
        'implementation': sys.implementation.name,
        'executable': sys.executable,
        'freeThreaded': bool(variable('Py_GIL_DISABLED')),
        'debug': bool(variable('Py_DEBUG')) or hasattr(sys, 'gettotalrefcount'),
        'extensionSuffix': suffix,
        'soabi': variable('SOABI') or (suffix.split('.') + [''])[1],
        'pointerWidth': 64 if sys.maxsize > 2 ** 32 else 32,
        'platform': sysconfig.get_platform(),
        'libraryDirectories': library_directories(),
        'sharedLibraries': shared_libraries(),
        'staticLibraries': static_libraries(),
        'prefix': sys.prefix,
        'basePrefix': sys.base_prefix,
        'baseExecutable': getattr(sys, '_base_executable', None) or sys.executable,
        'standardLibrary': sysconfig.get_path('stdlib'),
        'scheme': scheme(),
        'markers': markers(),
    })
    return answer


# The marks are put together here so that a printed copy of this file is no answer.
sys.stdout.write('\n<<' + 'interpreter' + json.dumps(answer()) + 'interpreter' + '>>\n')
sys.stdout.flush()

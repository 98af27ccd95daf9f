import io.github.nativemaven.it.Story

import java.nio.file.Files

def story = Story.of(binding.variables)

def unpacked = { it ->
    it.run('python3', '-m', 'zipfile', '-e', it.wheel().toString(), it.file('unpacked').toString())
    def program = it.file('unpacked/deep-0.1.0.data/scripts/deep')
    program.toFile().executable = true
    program
}

// The program has nothing for a debugger, and the debugger finds all of it beside.
story.mvn('package', '-Drust.debugSymbols')
def program = unpacked(story)
def sections = story.run('readelf', '-SW', program.toString()).text()
assert !sections.contains('.debug_info') && !sections.contains('.symtab')
def backtrace = { directory ->
    story.attempt('gdb', '-nx', '-batch', '-iex', 'set debug-file-directory ' + directory,
            '-ex', 'set substitute-path /project ' + story.folder(), '-ex', 'break inner::innermost', '-ex', 'run', '-ex', 'backtrace',
            '-ex', 'list', program.toString()).text()
}
assert !backtrace('/nowhere').contains('outer')
def shown = backtrace(story.file('target/debug-symbols'))
assert shown =~ /#0 +inner::innermost \(n=1\) at .*inner\/src\/lib\.rs:5/
assert shown =~ /#1 .*deep::outer \(n=1\) at .*src\/main\.rs:5/
assert shown.contains('std::hint::black_box(n) * 2')

// Names for backtraces stay where they are asked for; the kept file is the same one.
story.mvn('package', '-Drust.debugSymbols', '-Drust.strip=false')
sections = story.run('readelf', '-SW', unpacked(story).toString()).text()
assert !sections.contains('.debug_info') && sections.contains('.symtab')

// In another folder the same bytes, and no folder of this machine in what is kept.
story.mvn('package', '-Drust.debugSymbols')
def other = story.copyTo(Files.createDirectories(story.file('target/another')))
other.mvn('package', '-Drust.debugSymbols', '-Drust.buildDirectory=' + other.file('target/rust'))
assert Files.mismatch(other.wheel(), story.wheel()) == -1
def kept = []
story.file('target/debug-symbols').toFile().eachFileRecurse { kept += it.toString().endsWith('deep.debug') ? [it] : [] }
assert kept.size() == 1
assert !new String(kept[0].bytes, 'ISO-8859-1').contains(story.folder().toString())

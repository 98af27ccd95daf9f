import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.where('a machine with x86_64', System.getProperty('os.arch') == 'amd64') &&
    story.needs('Rust\'s library for aarch64-unknown-linux-gnu', story.rustcFor('aarch64-unknown-linux-gnu').isPresent()) &&
    story.needs('aarch64-linux-gnu-gcc', story.has('aarch64-linux-gnu-gcc')) &&
    story.needs('qemu-aarch64-static', story.has('qemu-aarch64-static')) &&
    story.needs('packages of Debian for arm64', story.armPython().isPresent())

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('cbindgen', story.has('cbindgen'))

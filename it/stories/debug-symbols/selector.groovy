import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('gdb', story.has('gdb')) && story.needs('readelf', story.has('readelf'))

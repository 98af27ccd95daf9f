import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('cc', story.has('cc')) && story.needs('readelf', story.has('readelf')) && story.needs('patchelf', story.has('patchelf'))

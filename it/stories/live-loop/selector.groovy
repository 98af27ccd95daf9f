import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('uv, from pip', story.hasUv()) && story.needs('signals: kill', story.has('kill'))

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('a folder that cannot be written to', story.canLock())

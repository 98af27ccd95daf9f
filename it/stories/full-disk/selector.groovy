import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('a small disk: the right to mount one', story.canMount())

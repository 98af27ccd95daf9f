import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.where('two CPythons of different versions', story.pythons().size() >= 2)

import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('two CPythons of different ABIs (Debian: python3-dbg)', story.twoPythons().size() == 2)

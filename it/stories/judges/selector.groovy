import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)
story.needs('twine, check-wheel-contents, wheel and packaging, from pip', story.hasJudges())

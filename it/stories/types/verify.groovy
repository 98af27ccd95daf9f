import io.github.nativemaven.it.Story

def story = Story.of(binding.variables)

story.mvn('package')

def passed = story.testsPassed().collect { it.replaceAll(/.*\./, '') }
assert passed.containsAll(
        ['test_class', 'test_attribute_is_read_only', 'test_list', 'test_dict', 'test_none', 'test_wrong_type'])

#set($module = $artifactId.replace("-", "_"))
"""${module}: Python in this folder, Rust in ${module}._core."""

#if($numpy == "true")
from ._core import double_in_place, squares, sum_as_string

__all__ = ["double_in_place", "squares", "sum_as_string"]
#else
from ._core import sum_as_string

__all__ = ["sum_as_string"]
#end

from ._core import total
from ._fast import product

__all__ = ["product", "total"]

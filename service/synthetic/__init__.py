"""A made-up directory of any size, for measuring and trying out; nothing in it is about the real world.

The same seed gives the same records on every machine, and a larger directory begins with the smaller one.
"""

from service.synthetic.loading import AUTHOR, generate, is_synthetic

__all__ = ["AUTHOR", "generate", "is_synthetic"]

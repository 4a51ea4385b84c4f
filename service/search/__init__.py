"""Finding what is published by words: stems, the index, what is suggested."""

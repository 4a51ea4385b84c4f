"""The root of every write. Each field is one step of `service.editing`, with the permission of whoever asks."""

"""The same directory by Strawberry and Tortoise as their documentation teaches it."""

"""The migrations. Nothing else lies here, since tortoise takes every module for one."""

from importlib import import_module

Migration = import_module("service.migrations.versions.0001_initial").Migration

"""The encoded derivations: ``<area>/<name>.py``, one each. They are found by walking this package; there is no list to edit."""

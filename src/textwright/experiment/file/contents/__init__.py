"""What stands behind the names in an experiment file: files, folders, modules, packs, as short fingerprints.

A run is known by them, not by paths: a folder that was moved changes nothing, a file that was edited does.
"""

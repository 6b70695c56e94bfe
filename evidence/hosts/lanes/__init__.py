"""The rig of several hosts: servers, writers, filesystems, and what is done to them."""

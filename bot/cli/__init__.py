"""The command line `sharewell`: one module a group of commands. At the top of the tree: nothing imports it."""

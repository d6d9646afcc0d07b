"""Sets up and checks the project: environments, the trained model, the requirement files. Standard library only.
Imported by ./sharewell alone, before anything is installed; imports nothing of the project. Python 3.8 and later."""

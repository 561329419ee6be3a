"""The only code that knows a PDF library: each turns a file into the shapes of model.py, units converted once."""

"""What the data must look like: pandera models, the codebook, the shapes of files. Imports nothing of ours."""

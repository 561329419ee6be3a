"""Do the tests notice a fault? Faults are put in one at a time, and the tests that run the line are asked."""

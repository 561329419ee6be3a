"""Random clinical tables with known truth, printed in random styles: what goes in is what a reader must get out."""

"""Arabic writing: its letters and marks, their order, clitics, sentences and function words."""

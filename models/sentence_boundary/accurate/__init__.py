"""The accurate sentence boundary model: three layers of multilingual-e5-small with limited lookahead."""

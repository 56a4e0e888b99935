"""The fast sentence boundary model: hashed features, dilated window layers, a finite receptive field."""

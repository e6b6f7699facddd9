"""The text format of Movable Type, which TypePad and the Japanese blog services write too."""

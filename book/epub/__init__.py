"""What an EPUB is made of: documents, navigation, package, styles and pictures, and their container."""

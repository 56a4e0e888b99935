"""What the documents are made of besides running text. The halves share neither names nor set phrases."""

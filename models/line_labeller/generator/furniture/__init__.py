"""What stands around the text: letterhead, running heads, feet, page numbers, staff column, watermark."""

"""What surrounds the lessons: the list of them, a copy for the reader, a run from first cell to last, a page."""

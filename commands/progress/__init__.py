"""Progress on actions and indicators: what was typed (`naming`, `reading`), the record (`recording`, `undoing`)."""

"""Progress on actions: what an owner typed (`reading`), which action is meant (`finding`), the record (`recording`)."""

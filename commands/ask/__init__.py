"""Questions about the plan: what is asked (`understand`), and the facts that answer it (`answer`)."""

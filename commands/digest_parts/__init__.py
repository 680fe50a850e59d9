"""What a digest tells, a module for each subject. Facts only; `bot` words them."""

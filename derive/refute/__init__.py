"""What a term is worth in numbers: certified counterexamples, by arithmetic the prover has no part in.

``attack.attack`` looks for a counterexample, ``attack.recheck`` makes it again from its stored point;
``evaluate`` gives terms their values, ``points`` chooses admissible points, ``checks`` says how each claim fails.
"""

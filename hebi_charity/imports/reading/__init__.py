"""Reading a file that a bank, a platform or an office sent: what it is, where its table is, what each row says.

Pure Python without Django models. `child` is run as a process of its own with memory and time limits, because
the file comes from outside; `process` starts it and streams its rows. What the child finds wrong it names by a
code with values (`reasons.Reason`); the sentences people read are made by the parent, in `imports.sentences`.
"""

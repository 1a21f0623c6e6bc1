"""Where batches are worked on: processes of this machine, or the machines of a cluster.

All engines have one interface, `run_batches(make, batches, workers, guard)`: batches in, results
out in the order of the batches, whoever worked on them. `crew` is what they share: the order,
what becomes of a batch whose worker is lost, and the limits of time and memory.
"""

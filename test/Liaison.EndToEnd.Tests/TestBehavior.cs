// These tests wait for processes far more than they work: four at a time keep two cores busy.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
